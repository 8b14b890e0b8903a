using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Conformance.Log;

// What is undone leaves no trace in what is folded from the log.
public abstract partial class InteractionLogConformance
{
    private const int UndoPeople = 7;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_undone_source_and_a_merge_that_was_split_are_as_if_they_had_never_been(int seed)
    {
        var random = new Random(seed);
        var incremental = NoOne();
        var folded = 0L;
        var sources = new Dictionary<string, HashSet<string?>>();
        var (merged, split) = (random.Next(100), random.Next(100, 200));
        for (var step = 0; step < 200; step++)
        {
            var id = $"u{random.Next(60)}";
            var batch = random.Next(3) switch { 0 => null, 1 => "wrong", _ => "right" };
            if (!sources.TryGetValue(id, out var known)) sources.Add(id, known = []);
            known.Add(batch);
            await AppendAsync(Happened(id, batch));
            if (step == merged) await AppendAsync(Identified(AliasChange.Merged));
            if (step == split) await AppendAsync(Identified(AliasChange.Split));
            if (step % 20 == 0) folded = await FoldAsync(incremental, folded);
        }
        foreach (var id in sources.Where(static one => one.Value.Contains("wrong")).Select(static one => one.Key))
            (await OutcomeAsync(Undo(id, "wrong"))).ShouldBe(AppendOutcome.Accepted);
        await FoldAsync(incremental, folded);
        await ReopenAsync();
        var rebuilt = NoOne();
        await FoldAsync(rebuilt, 0);

        var never = NoOne();
        LogRecord[] left = [
            .. sources.Where(static one => one.Value.Any(static source => source != "wrong")).Select(
            static one => Happened(one.Key, null))];
        await never.ApplyAsync(new RecordBatch(1, left), Now);
        var expected = await AnswersAsync(never);
        (await AnswersAsync(rebuilt)).ShouldBe(expected);
        (await AnswersAsync(incremental)).ShouldBe(expected);
    }

    private static EmbeddedPeople NoOne() => new(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);

    private static AliasChanged Identified(AliasChange change) =>
        new() { AtMs = 1, One = "p0", Other = "p1", Change = change, Canonical = change is AliasChange.Merged ? "p1" : null };

    /// <summary>What has this id is the same whenever it is sent, and no two happened at one time.</summary>
    private static Interaction Happened(string id, string? batch)
    {
        var number = int.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
        var content = new Random(number);
        var from = content.Next(UndoPeople);
        return new Interaction
        {
            Id = id,
            AtMs = SampleRecords.StartMs + number * 5_000_000L,
            From = $"p{from}",
            To = [$"p{(from + 1 + content.Next(UndoPeople - 1)) % UndoPeople}"],
            Kind = content.Next(4) == 0 ? InteractionKind.Meeting : InteractionKind.Message,
            Batch = batch,
        };
    }

    private async Task<long> FoldAsync(EmbeddedPeople people, long after)
    {
        await foreach (var batch in Log.ReadAsync(after, Now))
        {
            await people.ApplyAsync(batch, Now);
            after += batch.Records.Length;
        }
        return after;
    }

    private static async Task<string[]> AnswersAsync(EmbeddedPeople people)
    {
        var answers = new List<string>();
        for (var number = 0; number < UndoPeople; number++)
        {
            foreach (var asOfMs in new[] { SampleRecords.StartMs + 150_000_000L, SampleRecords.StartMs + 86_400_000_000L })
            {
                answers.Add(JsonSerializer.Serialize(await people.PersonAsync($"p{number}", asOfMs, Now)));
                answers.Add(JsonSerializer.Serialize(await people.TiesAsync($"p{number}", asOfMs, TieRange.All, Now)));
                answers.Add(JsonSerializer.Serialize(await people.ReciprocityAsync($"p{number}", asOfMs, Now)));
            }
        }
        return [.. answers];
    }
}

using System.Text.Json.Nodes;
using NetworkGraph.Analytics.Timeline;
using NetworkGraph.Engine.Reciprocity;
using NetworkGraph.Engine.Statuses;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Checkpoints;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Imports;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.People.Referrals;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests;

/// <summary>Whatever was withdrawn is, to every measure at every date, as if it had never been.</summary>
public sealed class WithdrawalTests : IDisposable
{
    private const int People = 7;
    private static readonly PeopleOptions s_options = PeopleOptions.Default;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ng-withdrawal-");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 60)]
    [InlineData(3, 200)]
    [InlineData(4, 200)]
    [InlineData(5, 500)]
    public async Task A_history_with_withdrawals_answers_as_one_without_what_was_withdrawn(int seed, int count)
    {
        var (corrected, plain) = await HistoriesAsync(seed, count, null);

        await ShouldAnswerAlikeAsync(corrected, plain);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_checkpoint_keeps_what_was_withdrawn(int seed)
    {
        var (corrected, plain) = await HistoriesAsync(seed, 150, null);
        var path = Path.Combine(_folder.FullName, "checkpoint");
        HistoryCheckpoint.Write(path, "log", corrected.Histories,
            HistoryCheckpoint.Cut(corrected, 100_000), Now);

        var read = HistoryCheckpoint.TryRead(path, "log", 100_000, out var reason).ShouldNotBeNull(reason);
        var restored = new EmbeddedPeople(
            read.Histories, read.Profiles, read.Boundaries, s_options, read.Naming, read.Imports, read.Preferences, read.Nudges,
            read.Models, read.Outreach);

        await ShouldAnswerAlikeAsync(restored, plain);
        for (var person = 0; person < People; person++)
            restored.PositionsNaming($"p{person}").ShouldBe(corrected.PositionsNaming($"p{person}"));
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public async Task Live_sums_and_snapshots_follow_withdrawals(int seed)
    {
        var clock = new SteppedClock(TestHistories.StartMs + 200 * TestHistories.DayMs);
        var people = NoPeople();
        var network = new LiveNetwork(people.Histories, s_options, new LiveNetworkOptions(), clock);
        network.Build(0, Now);
        network.Habits.CatchUp(Now);
        var steps = 0;
        var (corrected, _) = await HistoriesAsync(seed, 300, people, position =>
        {
            if (++steps % 7 != 0) return;
            clock.Advance(TimeSpan.FromDays(0.7));
            network.Publish(position);
            if (steps % 14 == 0) network.Habits.CatchUp(Now);
        });
        clock.Advance(TimeSpan.FromDays(1));
        network.Publish(100_000);
        network.Habits.CatchUp(Now);

        var fresh = new LiveNetwork(corrected.Histories, s_options, new LiveNetworkOptions(), clock);
        fresh.Build(100_000, Now);
        fresh.Habits.CatchUp(Now);
        for (var person = 0; person < corrected.Histories.People.Count; person++)
            network.Habits.CountsOf(person).ShouldBe(fresh.Habits.CountsOf(person), $"person {person}");
        var (live, built) = (network.Current.Snapshot, fresh.Current.Snapshot);
        TieStatusCounts.Compute(live, s_options.Status, Now).ToArray().ShouldBe(
            TieStatusCounts.Compute(built, s_options.Status, Now).ToArray());
        NetworkReciprocity.Compute(live, Now).Ties.ShouldBe(NetworkReciprocity.Compute(built, Now).Ties);
    }

    [Fact]
    public async Task Of_whom_nothing_counts_any_more_nothing_is_known_but_what_an_erasure_needs()
    {
        var people = NoPeople();
        var interaction = TestHistories.MessageAt("fair", 1, "ann", "bob");
        await ApplyAsync(people, 1, interaction);
        people.Search.Find(new PersonFilter(), null, 10, Now).Count.ShouldBe(2);

        await ApplyAsync(people, 2, Withdrawal(interaction, 1));

        (await people.PersonAsync("ann", TestHistories.StartMs * 2, Now)).ShouldBeNull();
        people.Search.Find(new PersonFilter(), null, 10, Now).ShouldBeEmpty();
        people.Histories.Venues.TryGetNumber("fair", out _).ShouldBeFalse();
        (people.Histories.Interactions, people.Histories.PeopleSeen, people.Histories.LatestAtMs).ShouldBe((0, 0, long.MinValue));
        people.PositionsNaming("ann").ShouldBe([1L, 2L]);

        await ApplyAsync(people, 3, TestHistories.Message(2, "ann", "cem"));
        (await people.PersonAsync("ann", TestHistories.StartMs * 2, Now)).ShouldNotBeNull().InteractionsOut.ShouldBe(1);
        (await people.PersonAsync("bob", TestHistories.StartMs * 2, Now)).ShouldBeNull();
    }

    [Fact]
    public async Task A_reader_of_an_earlier_position_still_sees_what_was_withdrawn_later()
    {
        var people = NoPeople();
        var interaction = TestHistories.Message(1, "ann", "bob");
        await ApplyAsync(people, 1, interaction);
        await ApplyAsync(people, 2, Withdrawal(interaction, 1));
        var reader = new DyadReader(people.Histories);

        reader.Read(0, long.MaxValue - 1, upToPosition: 1).Length.ShouldBe(1);
        reader.Read(0, long.MaxValue - 1, upToPosition: 2).Length.ShouldBe(0);
        reader.Read(0, long.MaxValue - 1).Length.ShouldBe(0);
    }

    private static EmbeddedPeople NoPeople() => new(new HistoryStore(), new ProfileStore(), new BoundaryStore(), s_options);

    private static ValueTask ApplyAsync(EmbeddedPeople people, long position, LogRecord record) =>
        people.ApplyAsync(new RecordBatch(position, [record]), Now);

    private static InteractionWithdrawn Withdrawal(Interaction interaction, long position) =>
        new() { AtMs = 0, Id = interaction.Id, Reason = WithdrawalReason.Retracted, Position = position, Interaction = interaction };

    /// <summary>
    /// One history in which things are withdrawn and amended at random, and one that holds at the same positions what is left.
    /// </summary>
    private static async Task<(EmbeddedPeople Corrected, EmbeddedPeople Plain)> HistoriesAsync(
        int seed, int count, EmbeddedPeople? into, Action<long>? afterEach = null)
    {
        var random = new Random(seed);
        var corrected = into ?? NoPeople();
        var standing = new SortedDictionary<long, Interaction>();
        var withdrawn = new List<Interaction>();
        var position = 0L;
        foreach (var interaction in TestHistories.Random(seed, count, People))
        {
            await TakeAsync(interaction);
            if (random.Next(3) == 0 && standing.Count > 0)
            {
                var (place, known) = standing.ElementAt(random.Next(standing.Count));
                standing.Remove(place);
                withdrawn.Add(known);
                await ApplyAsync(corrected, ++position, Withdrawal(known, place));
                // Withdrawing again what does not count changes nothing.
                if (random.Next(8) == 0) await ApplyAsync(corrected, ++position, Withdrawal(known, place));
                afterEach?.Invoke(position);
            }
            if (random.Next(6) == 0 && withdrawn.Count > 0) await TakeAsync(withdrawn[random.Next(withdrawn.Count)]);
        }
        var plain = NoPeople();
        foreach (var (place, interaction) in standing) await ApplyAsync(plain, place, interaction);
        return (corrected, plain);

        async Task TakeAsync(Interaction interaction)
        {
            standing[++position] = interaction;
            await ApplyAsync(corrected, position, interaction);
            afterEach?.Invoke(position);
        }
    }

    private static async Task ShouldAnswerAlikeAsync(EmbeddedPeople corrected, EmbeddedPeople plain)
    {
        long[] dates = [TestHistories.StartMs + 10 * TestHistories.DayMs, TestHistories.StartMs + 55 * TestHistories.DayMs,
            TestHistories.StartMs + 400 * TestHistories.DayMs];
        foreach (var date in dates)
        {
            for (var person = 0; person < People; person++)
            {
                var (found, expected) = (await AnswersAsync(corrected, $"p{person}", date), await AnswersAsync(plain, $"p{person}", date));
                Same(found, expected).ShouldBeTrue($"p{person} at {date}\n{found}\n{expected}");
            }
            NetworkTotals.Count(corrected.Histories, date, Now).ShouldBe(NetworkTotals.Count(plain.Histories, date, Now));
            Network(corrected, date).ShouldBe(Network(plain, date));
        }
        (corrected.Histories.Interactions, corrected.Histories.PeopleSeen, corrected.Histories.LatestAtMs)
            .ShouldBe((plain.Histories.Interactions, plain.Histories.PeopleSeen, plain.Histories.LatestAtMs));
        HistorySpan.Of(corrected.Histories).ShouldBe(HistorySpan.Of(plain.Histories));
        corrected.Search.Find(new PersonFilter(), null, 100, Now).Select(p => p.Id).ShouldBe(
            plain.Search.Find(new PersonFilter(), null, 100, Now).Select(p => p.Id));
        for (var venue = 0; venue < 5; venue++)
            corrected.Histories.Venues.TryGetNumber($"venue {venue}", out _).ShouldBe(
                plain.Histories.Venues.TryGetNumber($"venue {venue}", out _));
    }

    private static string Network(EmbeddedPeople people, long date)
    {
        var snapshot = SnapshotAssembly.Collect(people.Histories, s_options, s_options.DecayAt(date), date, long.MaxValue, null, Now).Build(
            date);
        var reciprocity = NetworkReciprocity.Compute(snapshot, Now);
        var point = NetworkTimeline.Compute(people.Histories, [date - TestHistories.DayMs, date], s_options, Now)[1];
        var open = new ReferralQueries(people.Histories, s_options.Referrals).OpenLoops(date, Now);
        return $"{reciprocity.Ties} {reciprocity.R:F9} "
            + $"{string.Join(' ', TieStatusCounts.Compute(snapshot, s_options.Status, Now).ToArray())} {point.People} "
            + $"{point.Interactions} {point.Dyads} {open}";
    }

    private static async Task<JsonNode> AnswersAsync(EmbeddedPeople people, string person, long date) => new JsonArray(
        Json(await people.PersonAsync(person, date, Now)),
        Json(await people.TiesAsync(person, date, TieRange.All, Now)),
        Json(await people.ReciprocityAsync(person, date, Now)),
        Json(await people.DormantTiesAsync(person, date, Now) is { } dormant
            ? dormant.OrderBy(tie => tie.Person, StringComparer.Ordinal).ToList() : null),
        Json(await people.FollowUpsAsync(person, null, date, Now)),
        Json(await people.VenuesAsync(person, date, Now)),
        Ordered(Json(await people.HabitsAsync(person, date, Now))),
        Json(new ReferralQueries(people.Histories, s_options.Referrals).Of(person, date, Now)),
        Json(await people.HistoryAsync(person, new HistoryFilter { UntilMs = date, Limit = 1000 }, Now)));

    /// <summary>
    /// Warnings, and the two of an introduction, come in the order in which dyads were first known, until a query sorts them.
    /// </summary>
    private static JsonNode? Ordered(JsonNode? habits)
    {
        if (habits is not JsonObject found || found["Warnings"] is not JsonArray warnings) return habits;
        foreach (var pair in found["Introductions"]!.AsArray().Select(pair => pair!.AsObject()))
        {
            var (first, second) = (pair["First"]!.GetValue<string>(), pair["Second"]!.GetValue<string>());
            if (string.CompareOrdinal(first, second) > 0) (pair["First"], pair["Second"]) = (second, first);
        }
        found["Warnings"] = new JsonArray(
            [.. warnings.OrderBy(w => $"{w!["Name"]} {w["Person"]} {w["IsByOther"]}", StringComparer.Ordinal).Select(w => w!.DeepClone())]);
        return found;
    }

    private static JsonNode? Json<T>(T answer) => System.Text.Json.JsonSerializer.SerializeToNode(answer);

    /// <summary>Alike up to the order in which numbers were added up.</summary>
    private static bool Same(JsonNode? a, JsonNode? b)
    {
        if (a is null || b is null) return a is null && b is null;
        if (a is JsonObject one && b is JsonObject other)
            return one.Count == other.Count && one.All(p => other.TryGetPropertyValue(p.Key, out var value) && Same(p.Value, value));
        if (a is JsonArray first && b is JsonArray second)
            return first.Count == second.Count && first.Zip(second).All(pair => Same(pair.First, pair.Second));
        if (a is not JsonValue x || b is not JsonValue y) return false;
        if (x.GetValueKind() is not System.Text.Json.JsonValueKind.Number) return JsonNode.DeepEquals(x, y);
        var (left, right) = (x.GetValue<double>(), y.GetValue<double>());
        return Math.Abs(left - right) <= 1e-9 * Math.Max(1, Math.Abs(left));
    }
}

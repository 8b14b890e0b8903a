using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Checkpoints;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Identity;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests.Identity;

/// <summary>Random histories in which ids turn out to be one person's: whatever the order, as if it had been known all along.</summary>
public class AliasPropertyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly long s_asOfMs = TestHistories.StartMs + 500 * TestHistories.DayMs;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Merged_people_measure_as_one_person_would(int seed)
    {
        var interactions = TestHistories.Random(seed, count: 250, people: 9);
        (string, string)[] merges = [("p0", "p1"), ("p1", "p2"), ("p5", "p6")];
        var canonical = new Dictionary<string, string> { ["p0"] = "p0", ["p1"] = "p0", ["p2"] = "p0", ["p5"] = "p5", ["p6"] = "p5" };

        var merged = await FoldAsync([.. interactions, .. merges.Select(m => Merge(m.Item1, m.Item2, canonical[m.Item1]))]);
        var rewritten = await FoldAsync(Rewritten(interactions, canonical));

        Events(merged.Histories).Except(Events(rewritten.Histories)).Order(StringComparer.Ordinal).ShouldBe(
            Events(rewritten.Histories).Except(Events(merged.Histories)).Order(StringComparer.Ordinal));
        ShouldSay(await AnswersAsync(merged, rewritten.Histories.People.Ids),
            await AnswersAsync(rewritten, rewritten.Histories.People.Ids));
        merged.Histories.Interactions.ShouldBe(rewritten.Histories.Interactions);
        merged.Histories.PeopleSeen.ShouldBe(rewritten.Histories.PeopleSeen);
        Ties(merged).ShouldBe(Ties(rewritten));
        foreach (var days in new[] { 20, 60, 90 })
        {
            var at = TestHistories.StartMs + days * TestHistories.DayMs;
            NetworkTotals.Count(merged.Histories, at, Stop).ShouldBe(NetworkTotals.Count(rewritten.Histories, at, Stop));
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task A_split_gives_back_what_was_before(int seed)
    {
        var interactions = TestHistories.Random(seed, count: 200, people: 8);
        var random = new Random(seed);
        var records = new List<LogRecord>(interactions);
        foreach (var (one, other) in new[] { ("p0", "p3"), ("p3", "p4"), ("p6", "p7") })
        {
            var at = random.Next(records.Count);
            records.Insert(at, Merge(one, other, one));
            records.Insert(random.Next(at + 1, records.Count + 1), Split(other, one));
        }

        var split = await FoldAsync(records);
        var never = await FoldAsync(records.Select(r => r is AliasChanged ? new PersonErased { AtMs = 0, Tombstones = 0 } : r));

        ShouldSay(await AnswersAsync(split, never.Histories.People.Ids), await AnswersAsync(never, never.Histories.People.Ids));
        split.Histories.Interactions.ShouldBe(never.Histories.Interactions);
        split.Histories.PeopleSeen.ShouldBe(never.Histories.PeopleSeen);
        Ties(split).ShouldBe(Ties(never));
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public async Task The_order_of_merges_and_interactions_changes_no_answer(int seed)
    {
        var interactions = TestHistories.Random(seed, count: 200, people: 8);
        AliasChanged[] merges = [Merge("p0", "p1", "p1"), Merge("p2", "p1", "p1"), Merge("p4", "p5", "p4")];
        // Positions stay: what stands where a merge is put in later or earlier is a record that changes nothing.
        LogRecord[] first = [.. merges, .. interactions, .. merges.Select(static _ => Nothing)];
        LogRecord[] last = [.. merges.Select(static _ => Nothing), .. interactions, .. merges.Reverse()];
        LogRecord[] within = [.. merges.Select(static _ => Nothing), .. interactions, .. merges.Select(static _ => Nothing)];
        for (var i = 0; i < merges.Length; i++)
            within[50 * (i + 1)] = within[50 * (i + 1)] is Interaction ? within[50 * (i + 1)] : merges[i];

        var expected = await FoldAsync(first);
        var answers = await AnswersAsync(expected, expected.Histories.People.Ids);
        ShouldSay(await AnswersAsync(await FoldAsync(last), expected.Histories.People.Ids), answers);
        // The same, batch by batch.
        ShouldSay(await AnswersAsync(await FoldAsync(last, batch: 7), expected.Histories.People.Ids), answers);
        Ties(await FoldAsync(last)).ShouldBe(Ties(expected));
    }

    [Theory]
    [InlineData(51)]
    [InlineData(52)]
    [InlineData(53)]
    public async Task Merges_retractions_and_erasures_come_to_the_same_in_any_order(int seed)
    {
        var random = new Random(seed);
        var interactions = TestHistories.Random(seed, count: 200, people: 9);
        LogRecord[] merges = [Merge("p0", "p1", "p1"), Merge("p4", "p5", "p4"), Merge("p2", "p1", "p1")];
        LogRecord[] retractions =
        [
            .. Enumerable.Range(0, 200).Where(_ => random.Next(5) == 0).Select(number => new InteractionWithdrawn
            {
                AtMs = 9, Id = interactions[number].Id, Interaction = interactions[number], Position = number
                    + 1, Reason = WithdrawalReason.Retracted,
            }),
        ];
        LogRecord[] mergedFirst = [.. interactions, .. merges, .. retractions];
        LogRecord[] retractedFirst = [.. interactions, .. retractions, .. merges];
        string[] gone = ["p4", "p5"];

        var one = await FoldAsync(mergedFirst);
        var other = await FoldAsync(retractedFirst, batch: 11);
        ShouldSay(await AnswersAsync(other, one.Histories.People.Ids), await AnswersAsync(one, one.Histories.People.Ids));
        // Erased from what was folded, and from the log that is folded anew.
        foreach (var people in new[] { one, other })
        {
            var positions = gone.ToDictionary(static id => id, id => people.PositionsNaming(id) ?? []);
            foreach (var id in gone) people.Forget(id, positions[id]);
        }
        var rebuilt = await FoldAsync([.. mergedFirst.Select(record => gone.Any(record.Names) ? new Tombstone() : record)]);
        var expected = await AnswersAsync(rebuilt, rebuilt.Histories.People.Ids);
        ShouldSay(await AnswersAsync(one, rebuilt.Histories.People.Ids), expected);
        ShouldSay(await AnswersAsync(other, rebuilt.Histories.People.Ids), expected);
        rebuilt.Histories.People.TryGetNumber("p4", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    public async Task Corrections_come_to_the_same_in_any_order_among_the_interactions(int seed)
    {
        var random = new Random(seed);
        var interactions = TestHistories.Random(seed, count: 200, people: 9);
        List<LogRecord> corrections =
        [
            Merge("p0", "p1", "p1"), Merge("p2", "p1", "p1"), Merge("p4", "p5", "p4"),
            .. Enumerable.Range(0, 100).Where(_ => random.Next(4) == 0).Select(number => new InteractionWithdrawn
            {
                AtMs = 9, Id = interactions[number].Id, Interaction = interactions[number], Position = number
                    + 1, Reason = WithdrawalReason.Retracted,
            }),
        ];

        var one = await FoldAsync(InAnyOrder(new Random(seed)));
        var other = await FoldAsync(InAnyOrder(new Random(seed + 1000)), batch: 13);
        var ids = one.Histories.People.Ids;
        ShouldSay(await AnswersAsync(other, ids), await AnswersAsync(one, ids));
        Ties(other).ShouldBe(Ties(one));
        foreach (var people in new[] { one, other }) people.Forget("p3", people.PositionsNaming("p3") ?? []);
        ShouldSay(await AnswersAsync(other, ids), await AnswersAsync(one, ids));

        // The first half, then the second among the corrections, and a merge that is split again.
        LogRecord[] InAnyOrder(Random order)
        {
            LogRecord[] late = [.. interactions[100..]];
            var slots = new LogRecord[late.Length + corrections.Count + 2];
            var isLate = Enumerable.Range(0, slots.Length).ToArray();
            new Random(seed).Shuffle(isLate);
            var places = isLate[late.Length..];
            foreach (var (i, place) in isLate[..late.Length].Order().Index()) slots[place] = late[i];
            order.Shuffle(places);
            foreach (var (i, correction) in corrections.Index()) slots[places[i]] = correction;
            slots[Math.Min(places[^1], places[^2])] = Merge("p6", "p7", "p6");
            slots[Math.Max(places[^1], places[^2])] = Split("p7", "p6");
            return [.. interactions[..100], .. slots];
        }
    }

    [Fact]
    public async Task What_is_published_step_by_step_equals_what_is_built_from_scratch()
    {
        var interactions = TestHistories.Random(31, count: 240, people: 9);
        var records = new List<LogRecord>(interactions);
        records.Insert(60, Merge("p0", "p1", "p0"));
        records.Insert(120, Merge("p2", "p1", "p2"));
        records.Insert(180, Split("p0", "p1"));
        records.Insert(200, new ProfileChanged { AtMs = 0, Profile = new Profile { Id = "p4", Entity = EntityKind.Room } });
        var people = New();
        var clock = new SteppedClock(s_asOfMs);
        var network = new LiveNetwork(people.Histories, PeopleOptions.Default, new LiveNetworkOptions(), clock);
        network.Build(0, Stop);
        for (var i = 0; i < records.Count; i += 20)
        {
            await people.ApplyAsync(new RecordBatch(i + 1, [.. records.Skip(i).Take(20)]), Stop);
            network.Publish(i + 20);
            network.Habits.CatchUp(Stop);
        }

        var live = network.Current.Snapshot;
        var scratch = SnapshotAssembly.Collect(
            people.Histories, PeopleOptions.Default, live.Decay, live.AsOfMs, long.MaxValue, null, Stop).Build(live.AsOfMs);
        Rows(live).ShouldBe(Rows(scratch));
        var anew = new LiveNetwork(people.Histories, PeopleOptions.Default, new LiveNetworkOptions(), clock);
        anew.Build(records.Count, Stop);
        anew.Habits.CatchUp(Stop);
        for (var person = 0; person < people.Histories.People.Count; person++)
            network.Habits.CountsOf(person).ShouldBe(anew.Habits.CountsOf(person));
    }

    [Fact]
    public async Task A_checkpoint_brings_back_who_is_who()
    {
        var records = new List<LogRecord>(TestHistories.Random(41, count: 150, people: 8));
        records.Insert(40, Merge("p0", "p1", "p1"));
        records.Insert(50, new BlockChanged { AtMs = 5, By = "p1", Against = "p7", IsPlaced = true });
        records.Insert(70, Merge("p2", "p3", "p2"));
        records.Insert(90, new ProfileChanged { AtMs = 0, Profile = new Profile { Id = "p0", Name = "Ann", Entity = EntityKind.Role } });
        records.Insert(100, Split("p2", "p3"));
        records.Insert(110, new AliasChanged { AtMs = 3, One = "p5", Other = "p6", Change = AliasChange.Distinct, Rule = "same-name" });
        var people = await FoldAsync(records);
        var path = Path.GetTempFileName();
        HistoryCheckpoint.Write(path, "log", people.Histories, HistoryCheckpoint.Cut(people, records.Count), Stop);
        var read = HistoryCheckpoint.TryRead(path, "log", records.Count, out var reason).ShouldNotBeNull(reason);
        File.Delete(path);

        var restored = new EmbeddedPeople(read.Histories, read.Profiles, read.Boundaries, PeopleOptions.Default);
        ShouldSay(await AnswersAsync(restored, people.Histories.People.Ids), await AnswersAsync(people, people.Histories.People.Ids));
        restored.Aliases.IdsOf("p0").ShouldBe(["p0", "p1"]);
        restored.Aliases.AreDistinct("p6", "p5").ShouldBeTrue();
        restored.Aliases.Decided["same-name"].ShouldBe((0, 1));
        restored.Boundaries.HasBlocked("p0", "p7").ShouldBeTrue();
        restored.Histories.Entities.Of(restored.Histories.People.Resolve(0)).ShouldBe(
            people.Histories.Entities.Of(people.Histories.People.Resolve(0)));
    }

    /// <summary>The first difference, with what stands before it.</summary>
    private static void ShouldSay(string[] said, string[] expected)
    {
        said.Length.ShouldBe(expected.Length);
        for (var i = 0; i < said.Length; i++)
        {
            if (said[i] == expected[i]) continue;
            var at = said[i].Zip(expected[i]).TakeWhile(static pair => pair.First == pair.Second).Count();
            var from = Math.Max(0, at - 200);
            said[i][from..Math.Min(said[i].Length, at + 80)].ShouldBe(
                expected[i][from..Math.Min(expected[i].Length, at + 80)], $"answer {i}");
        }
    }

    private static LogRecord Nothing => new PersonErased { AtMs = 0, Tombstones = 0 };

    private static AliasChanged Merge(string one, string other, string canonical) =>
        new() { AtMs = 7, One = one, Other = other, Change = AliasChange.Merged, Canonical = canonical };

    private static AliasChanged Split(string one, string other) => new() { AtMs = 8, One = one, Other = other, Change = AliasChange.Split };

    /// <summary>
    /// The naive model: every interaction as it would have come had everybody used one id. What is left of none takes its place.
    /// </summary>
    private static IEnumerable<LogRecord> Rewritten(IEnumerable<Interaction> interactions, Dictionary<string, string> canonical)
    {
        foreach (var i in interactions)
        {
            var from = canonical.GetValueOrDefault(i.From, i.From);
            string[] to = [.. i.To.Select(id => canonical.GetValueOrDefault(id, id)).Distinct().Where(id => id != from)];
            if (to.Length == 0 && i.To.Length > 0)
            {
                yield return Nothing;
                continue;
            }
            // Where the first recipient is the sender, the one counted on is the first by id.
            if (i.To.Length > 0 && canonical.GetValueOrDefault(i.To[0], i.To[0]) == from)
            {
                var first = i.To.Where(id => canonical.GetValueOrDefault(id, id) != from).Order(StringComparer.Ordinal).Select(
                    id => canonical.GetValueOrDefault(id, id)).First();
                to = [first, .. to.Where(id => id != first)];
            }
            yield return new Interaction
            {
                Id = i.Id,
                AtMs = i.AtMs,
                From = from,
                To = to,
                Kind = i.Kind,
                Exchange = i.Exchange,
                Setting = i.Setting,
                Venue = i.Venue,
                About = i.About is { } about ? canonical.GetValueOrDefault(about, about) : null,
                InReplyTo = i.InReplyTo,
                Personalised = i.Personalised,
                LengthSeconds = i.LengthSeconds,
                Series = i.Series,
            };
        }
    }

    private static EmbeddedPeople New() => new(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);

    private static async Task<EmbeddedPeople> FoldAsync(IEnumerable<LogRecord> records, int batch = int.MaxValue)
    {
        var people = New();
        var position = 1L;
        foreach (var chunk in records.Chunk(Math.Min(batch, 1000)))
        {
            await people.ApplyAsync(new RecordBatch(position, chunk), Stop);
            position += chunk.Length;
        }
        return people;
    }

    /// <summary>All that is said of everybody, at two dates.</summary>
    private static async Task<string[]> AnswersAsync(EmbeddedPeople people, Engine.Snapshots.PersonIds ids)
    {
        var answers = new List<string>();
        for (var number = 0; number < ids.Count; number++)
        {
            foreach (var asOfMs in new[] { TestHistories.StartMs + 70 * TestHistories.DayMs, s_asOfMs })
            {
                var id = people.Aliases.CanonicalOf(ids[number]);
                answers.Add(JsonSerializer.Serialize(
                    await people.PersonAsync(id, asOfMs, Stop) is { } person ? person with { Aliases = [] } : null));
                answers.Add(JsonSerializer.Serialize(await people.TiesAsync(id, asOfMs, TieRange.All, Stop)));
                answers.Add(JsonSerializer.Serialize(await people.ReciprocityAsync(id, asOfMs, Stop)));
                answers.Add(JsonSerializer.Serialize(
                    (await people.DormantTiesAsync(id, asOfMs, Stop))?.OrderBy(static tie => tie.Person, StringComparer.Ordinal)));
                answers.Add(JsonSerializer.Serialize(await people.FollowUpsAsync(id, null, asOfMs, Stop)));
                answers.Add(JsonSerializer.Serialize(await people.HabitsAsync(id, asOfMs, Stop) is { } habits
                    ? habits with
                    {
                        Warnings = [
                        .. habits.Warnings.OrderBy(static w => w.Name, StringComparer.Ordinal).ThenBy(
                        static w => w.Person, StringComparer.Ordinal)]
                    }
                    : null));
                answers.Add(JsonSerializer.Serialize(
                    await people.HistoryAsync(id, new HistoryFilter { UntilMs = asOfMs, Limit = 1000 }, Stop)));
                answers.Add(JsonSerializer.Serialize(await people.VenuesAsync(id, asOfMs, Stop)));
            }
        }
        return [.. answers];
    }

    /// <summary>All events as readers see them.</summary>
    private static List<string> Events(HistoryStore histories)
    {
        var events = new List<string>();
        var reader = new DyadReader(histories);
        for (var dyad = 0; dyad < histories.DyadCount; dyad++)
        {
            var (low, high) = histories.PeopleOf(dyad);
            var (one, other) = (histories.People.Ids[low], histories.People.Ids[high]);
            var isTurned = string.CompareOrdinal(one, other) > 0;
            foreach (var happened in reader.Read(dyad, s_asOfMs))
            {
                var direction = happened.Direction is DyadDirection.Both or DyadDirection.Mentioned
                    ? happened.Direction.ToString() : (happened.Direction is DyadDirection.LowToHigh) == isTurned ? "back" : "forth";
                events.Add($"{happened.Position:0000} {(isTurned ? other : one)} {(isTurned ? one : other)} {direction} {happened.Kind} "
                    + $"n{happened.Recipients} "
                    + $"{(happened.IsFirstOfInteraction && happened.Direction is not DyadDirection.Both ? "first" : "")} "
                    + $"{(happened.About < 0 ? "" : histories.People.Ids[happened.About])}");
            }
        }
        return events;
    }

    private static List<string> Ties(EmbeddedPeople people) =>
        Rows(SnapshotAssembly.Collect(
            people.Histories, PeopleOptions.Default, new Engine.Ties.TieDecay(s_asOfMs, PeopleOptions.Default.HalfLifeDays), s_asOfMs,
            long.MaxValue, null, Stop).Build(s_asOfMs));

    private static List<string> Rows(Engine.Snapshots.NetworkSnapshot snapshot)
    {
        var rows = new List<string>();
        for (var person = 0; person < snapshot.People; person++)
        {
            var row = snapshot.Row(person);
            for (var i = 0; i < row.Neighbours.Length; i++)
                rows.Add($"{snapshot.Ids[person]} {snapshot.Ids[row.Neighbours[i]]} {(i < row.MutualCount ? row.Mutual[i] : 0):R} "
                    + $"{row.LastContactMs[i]}");
        }
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}

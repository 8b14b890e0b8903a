using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using static NetworkGraph.Engine.Tests.Snapshots.TestNetworks;

namespace NetworkGraph.Engine.Tests.Snapshots;

public class SnapshotWriterTests
{
    /// <summary>
    /// Any sequence of changes, removals, new people and publications gives what a builder gives from scratch, and
    /// leaves every snapshot published before as it was.
    /// </summary>
    [Fact]
    public void A_writer_equals_a_builder_and_older_snapshots_stay() =>
        Prop.ForAll(TestNetworks.Seeds(), seed => CheckRandomChanges(seed, people: 24, publications: 12, changesEach: 20))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Compaction_keeps_the_network_and_bounds_its_memory()
    {
        CheckRandomChanges(seed: 11, people: 300, publications: 12, changesEach: 400);

        var random = new Random(5);
        var ids = People(5000);
        var builder = new SnapshotBuilder(ids, Decay);
        for (var low = 0; low < 5000; low++)
            for (var step = 1; step <= 50; step++) builder.Add(low, (low + step) % 5000, RandomFacts(random) with { StrengthOut = 1 });
        var writer = new SnapshotWriter(builder.Build(0));
        var live = writer.Last.Entries * 36;
        for (var round = 0; round < 200; round++)
        {
            for (var change = 0; change < 300; change++)
            {
                var low = random.Next(5000);
                writer.Set(low, (low + random.Next(1, 51)) % 5000, RandomFacts(random) with { StrengthIn = 2 });
            }
            writer.Publish(round).Bytes.ShouldBeLessThan(3 * live);
            writer.Compact();
        }
    }

    [Fact]
    public void Publishing_without_changes_moves_the_date_only()
    {
        var writer = new SnapshotWriter(Mutual(3, (0, 1, 2.0)));
        var first = writer.Last;
        var later = writer.Publish(86_400_000);

        later.AsOfMs.ShouldBe(86_400_000);
        later.Entries.ShouldBe(2);
        Rows(later).ShouldBe(Rows(first));
    }

    [Fact]
    public void Rows_without_changes_stay_the_same_ones_whether_compacted_or_not()
    {
        var writer = new SnapshotWriter(Mutual(3, (0, 1, 2.0)));
        writer.Set(0, 2, Facts(1, 1));
        var first = writer.Publish(0);
        writer.Compact();
        writer.Publish(1).Rows.ShouldBeSameAs(first.Rows);
        writer.Set(1, 2, Facts(1, 1));
        writer.Publish(2).Rows.ShouldNotBeSameAs(first.Rows);
    }

    [Fact]
    public void The_last_of_several_settings_of_a_dyad_counts_from_either_side()
    {
        var writer = new SnapshotWriter(People(2), Decay);
        writer.Set(0, 1, Facts(1, 1));
        writer.Set(1, 0, Facts(4, 9));
        var snapshot = writer.Publish(0);

        snapshot.Entries.ShouldBe(2);
        snapshot.Row(0).Out[0].ShouldBe(9);
        snapshot.Row(0).In[0].ShouldBe(4);
    }

    [Fact]
    public void A_dyad_without_ties_leaves_the_network()
    {
        var writer = new SnapshotWriter(Mutual(3, (0, 1, 2.0), (0, 2, 1.0)));
        writer.Set(0, 1, Facts(0, 0));
        var snapshot = writer.Publish(0);

        snapshot.Entries.ShouldBe(2);
        snapshot.Row(0).Neighbours.ToArray().ShouldBe([2]);
        snapshot.Row(1).Count.ShouldBe(0);
    }

    [Fact]
    public void People_may_join_between_publications()
    {
        var ids = People(1);
        var writer = new SnapshotWriter(ids, Decay);
        writer.Publish(0).People.ShouldBe(1);
        while (ids.Count < 5000) ids.Add($"q{ids.Count}");
        var grown = writer.Publish(1);
        grown.People.ShouldBe(5000);
        grown.Row(4999).Count.ShouldBe(0);
        writer.Set(3, 4999, Facts(1, 1));
        writer.Publish(2).Row(4999).Neighbours.ToArray().ShouldBe([3]);
        grown.Row(4999).Count.ShouldBe(0);
    }

    [Fact]
    public void Senseless_settings_are_refused_and_change_nothing()
    {
        var writer = new SnapshotWriter(People(2), Decay);
        Should.Throw<ArgumentException>(() => writer.Set(0, 0, Facts(1, 1)));
        Should.Throw<ArgumentException>(() => writer.Set(0, 2, Facts(1, 1)));
        Should.Throw<ArgumentException>(() => writer.Set(-1, 1, Facts(1, 1)));
        Should.Throw<ArgumentException>(() => writer.Set(0, 1, Facts(double.NaN, 0)));
        writer.Publish(0).Entries.ShouldBe(0);
    }

    /// <summary>Each publication n sets all strengths of a ring to n; a reader must see one number everywhere.</summary>
    [Fact]
    public async Task Readers_see_whole_snapshots_while_newer_ones_are_published()
    {
        const int people = 300;
        const int publications = 400;
        var writer = new SnapshotWriter(People(people), Decay);
        void SetAll(int n)
        {
            for (var person = 0; person < people; person++) writer.Set(person, (person + 1) % people, Facts(n, n));
        }

        SetAll(1);
        var current = writer.Publish(1);
        var reader = Task.Run(() =>
        {
            var seen = 0L;
            while (seen < publications)
            {
                var snapshot = Volatile.Read(ref current);
                for (var person = 0; person < people; person++)
                {
                    var row = snapshot.Row(person);
                    if (row.Count != 2 || row.Out[0] != snapshot.AsOfMs || row.In[1] != snapshot.AsOfMs || row.Mutual[0] != snapshot.AsOfMs)
                        throw new InvalidOperationException($"torn at {person} of {snapshot.AsOfMs}");
                }
                seen = snapshot.AsOfMs;
            }
        }, TestContext.Current.CancellationToken);
        for (var n = 2; n <= publications; n++)
        {
            SetAll(n);
            Volatile.Write(ref current, writer.Publish(n));
        }
        await reader;
    }

    private static void CheckRandomChanges(int seed, int people, int publications, int changesEach)
    {
        var random = new Random(seed);
        var ids = People(people);
        var truth = new Dictionary<(int Low, int High), DyadFacts>();
        var writer = random.Next(2) == 0 ? new SnapshotWriter(ids, Decay) : new SnapshotWriter(Build(ids, []));
        var published = new List<(NetworkSnapshot Snapshot, string[] Rows)>();
        for (var n = 0; n < publications; n++)
        {
            if (random.Next(4) == 0) ids.Add($"late{n}");
            for (var change = random.Next(changesEach); change > 0; change--) ChangeOne(random, ids.Count, truth, writer);
            var snapshot = writer.Publish(n);
            var expected = Build(ids, truth.Select(d => (d.Key.Low, d.Key.High, d.Value)), n);
            Rows(snapshot).ShouldBe(Rows(expected));
            snapshot.Entries.ShouldBe(expected.Entries);
            snapshot.AsOfMs.ShouldBe(n);
            published.Add((snapshot, Rows(snapshot)));
            if (random.Next(3) > 0) writer.Compact();
            if (random.Next(6) == 0) writer = new SnapshotWriter(snapshot);
        }
        foreach (var (snapshot, rows) in published) Rows(snapshot).ShouldBe(rows);
    }

    private static void ChangeOne(Random random, int people, Dictionary<(int, int), DyadFacts> truth, SnapshotWriter writer)
    {
        var low = random.Next(people - 1);
        if (random.Next(40) == 0)
        {
            foreach (var (one, other) in truth.Keys.Where(k => k.Item1 == low || k.Item2 == low).ToList())
            {
                writer.Set(one, other, default);
                truth.Remove((one, other));
            }
            return;
        }
        var high = random.Next(low + 1, people);
        var facts = RandomFacts(random);
        if (random.Next(2) == 0) writer.Set(low, high, facts);
        else writer.Set(high, low, facts.Reversed());
        if (facts is { StrengthOut: 0, StrengthIn: 0 }) truth.Remove((low, high));
        else truth[(low, high)] = facts;
    }
}

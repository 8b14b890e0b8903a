using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using static NetworkGraph.Engine.Tests.Snapshots.TestNetworks;

namespace NetworkGraph.Engine.Tests.Snapshots;

public class SnapshotBuilderTests
{
    [Fact]
    public void Both_people_see_the_dyad_from_their_side()
    {
        var facts = new DyadFacts
        {
            StrengthOut = 4,
            StrengthIn = 9,
            ContactStrengthOut = 4,
            ContactStrengthIn = 9,
            FirstContactMs = TieEntryRange.FirstMs + 1,
            LastContactMs = 77,
            RhythmDays = 1.5f,
            Episodes = 5,
            Interactions = 300,
            ContactsOut = 12,
            ContactsIn = 3,
            BurntFromMs = 1_200_000,
        };
        var snapshot = Build(People(3), [(0, 2, facts)]);

        snapshot.Entries.ShouldBe(2);
        var mine = snapshot.Row(0);
        mine.IndexOf(2).ShouldBe(0);
        mine.IndexOf(1).ShouldBe(-1);
        mine.Mutual[0].ShouldBe(6);
        mine.FactsAt(0).ShouldBe(facts);
        snapshot.Row(2).FactsAt(0).ShouldBe(facts.Reversed());
        snapshot.Row(1).Count.ShouldBe(0);
        snapshot.Row(99).Count.ShouldBe(0);
    }

    [Fact]
    public void A_row_has_its_mutual_ties_first_strongest_first()
    {
        var snapshot = Build(People(6),
            [(0, 1, Facts(1, 1)), (0, 2, Facts(5, 0)), (0, 3, Facts(4, 4)), (0, 5, Facts(1, 1)), (0, 4, Facts(0, 2))]);

        var row = snapshot.Row(0);
        row.MutualCount.ShouldBe(3);
        row.Neighbours.ToArray().ShouldBe([3, 1, 5, 2, 4]);
        row.Mutual.ToArray().ShouldBe([4f, 1, 1, 0, 0]);
        row.Out.ToArray().ShouldBe([4f, 1, 1, 5, 0]);
        row.In.ToArray().ShouldBe([4f, 1, 1, 0, 2]);
    }

    [Fact]
    public void A_tie_too_weak_for_its_number_is_still_a_tie()
    {
        var snapshot = Build(People(3), [(0, 1, Facts(1e-200, 1e-200)), (0, 2, Facts(1e-60, 0))]);

        var row = snapshot.Row(0);
        row.MutualCount.ShouldBe(1);
        row.Out[0].ShouldBeGreaterThan(0);
        row.In[0].ShouldBeGreaterThan(0);
        row.Mutual[0].ShouldBeGreaterThan(0);
        row.Out[1].ShouldBeGreaterThan(0);
        row.In[1].ShouldBe(0);
    }

    [Fact]
    public void Counts_beyond_their_range_saturate()
    {
        var snapshot = Build(
            People(2), [(0, 1, Facts(1, 1) with { Interactions = 1_000_000, ContactsOut = 99, ContactsIn = 16, Episodes = 8 })]);

        var row = snapshot.Row(0);
        row.Interactions(0).ShouldBe(1023);
        row.Episodes(0).ShouldBe(7);
        row.ContactsOut(0).ShouldBe(15);
        row.ContactsIn(0).ShouldBe(15);
        row.BurntFromMs(0).ShouldBe(DyadFacts.NeverMs);
    }

    [Fact]
    public void The_order_of_dyads_and_the_batches_they_come_in_do_not_matter()
    {
        var random = new Random(7);
        var ids = People(400);
        var dyads = new List<(int Low, int High, DyadFacts Facts)>();
        for (var low = 0; low < 400; low++)
            for (var high = low + 1; high < 400; high++)
                if (random.Next(2) == 0) dyads.Add((low, high, RandomFacts(random)));
        var expected = Rows(Build(ids, dyads));

        var shuffled = dyads.ToArray();
        random.Shuffle(shuffled);
        var builder = new SnapshotBuilder(ids, Decay);
        Parallel.ForEach(shuffled.Chunk(shuffled.Length / 3), part =>
        {
            var batch = builder.NewBatch();
            foreach (var (low, high, facts) in part) batch.Add(low, high, facts);
        });
        Rows(builder.Build(0)).ShouldBe(expected);
    }

    [Fact]
    public void Rows_spread_over_many_segments()
    {
        const int people = 3000;
        var dyads = Enumerable.Range(0, people).SelectMany(low => Enumerable.Range(1, 100)
            .Select(step => (low, High: (low + step) % people)).Where(d => d.low < d.High)
            .Select(d => (d.low, d.High, Facts(1 + d.low, 1 + d.High)))).ToList();
        var snapshot = Build(People(people), dyads);

        snapshot.Entries.ShouldBe(2 * dyads.Count);
        foreach (var (low, high, facts) in dyads)
        {
            var row = snapshot.Row(low);
            row.FactsAt(row.IndexOf(high)).ShouldBe(facts);
        }
    }

    [Fact]
    public void An_empty_network_has_no_entries()
    {
        var snapshot = Build(new PersonIds(), []);
        snapshot.People.ShouldBe(0);
        snapshot.Entries.ShouldBe(0);
        snapshot.Row(0).Count.ShouldBe(0);
        Build(People(2), [(0, 1, Facts(0, 0))]).Entries.ShouldBe(0);
    }

    [Fact]
    public void Senseless_dyads_are_refused()
    {
        var builder = new SnapshotBuilder(People(2), Decay);
        Should.Throw<ArgumentException>(() => builder.Add(1, 1, Facts(1, 1)));
        Should.Throw<ArgumentException>(() => builder.Add(-1, 1, Facts(1, 1)));
        Should.Throw<ArgumentException>(() => builder.Add(0, 1, Facts(double.NaN, 1)));
        Should.Throw<ArgumentException>(() => builder.Add(0, 1, Facts(-1, 1)));
        Should.Throw<ArgumentException>(() => builder.Add(0, 1, Facts(1e300, 1)));
        builder.Add(0, 2, Facts(1, 1));
        Should.Throw<AggregateException>(() => builder.Build(0)).InnerException.ShouldBeOfType<ArgumentException>();
    }
}

using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;
using NetworkGraph.Stories;

namespace NetworkGraph.People.Tests.Histories;

public class HistoryStoreTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_dyad_holds_what_a_naive_reading_of_the_interactions_finds_in_order(int seed)
    {
        var interactions = TestHistories.Random(seed, count: 400, people: 8);
        var store = TestHistories.Fold(interactions);

        foreach (var days in new[] { 0, 30, 61, 200 })
        {
            var asOfMs = TestHistories.StartMs + (days * TestHistories.DayMs);
            for (var a = 0; a < 8; a++)
                for (var b = 0; b < 8; b++)
                    if (a != b)
                        TestHistories.Read(store, $"p{a}", $"p{b}", asOfMs).ShouldBe(
                            TestHistories.Naive(interactions, $"p{a}", $"p{b}", asOfMs));
        }
    }

    [Fact]
    public void An_interaction_that_arrives_late_takes_its_place_in_time()
    {
        var store = TestHistories.Fold(
            [TestHistories.Message(1, "ann", "bob"), TestHistories.Message(9, "bob", "ann"), TestHistories.Message(5, "ann", "bob")]);

        TestHistories.Read(store, "ann", "bob", long.MaxValue - 1).Select(e => e.Position).ShouldBe([1, 3, 2]);
    }

    [Fact]
    public void A_meeting_counts_both_ways_between_all_who_took_part()
    {
        var store = TestHistories.Fold(
            [new Interaction { Id = "m", AtMs = 1, From = "ann", To = ["bob", "cai"], Kind = InteractionKind.Meeting }]);

        var between = Only(store, "bob", "cai");
        between.Direction.ShouldBe(DyadDirection.Both);
        between.Recipients.ShouldBe((ushort)2);
        store.EventCount.ShouldBe(3);
        store.Interactions.ShouldBe(1);
    }

    [Fact]
    public void An_attendance_and_a_mention_stand_on_the_persons_own_list_and_make_no_dyad()
    {
        var store = TestHistories.Fold(
        [
            new Interaction { Id = "a", AtMs = 1, From = "ann", To = [], Kind = InteractionKind.Attendance, Venue = "fair" },
            new Interaction { Id = "r", AtMs = 2, From = "bob", To = ["cai"], Kind = InteractionKind.Referral, About = "ann" },
        ]);

        store.People.TryGetNumber("ann", out var ann).ShouldBeTrue();
        store.DyadsOf(ann).ShouldBeEmpty();
        var own = new DyadReader(store).Read(store.OwnListOf(ann)!.Value.Index, 10).ToArray();
        own.Select(e => (e.Kind, e.Direction)).ShouldBe(
            [(InteractionKind.Attendance, DyadDirection.LowToHigh), (InteractionKind.Referral, DyadDirection.Mentioned)]);
    }

    [Fact]
    public void Exactly_one_event_of_an_interaction_is_marked_as_its_first()
    {
        var interactions = TestHistories.Random(7, count: 200, people: 6);
        var store = TestHistories.Fold(interactions);

        var firsts = new List<long>();
        for (var dyad = 0; dyad < store.DyadCount; dyad++)
            foreach (var happened in new DyadReader(store).Read(dyad, long.MaxValue - 1))
                if (happened.IsFirstOfInteraction) firsts.Add(happened.Position);
        firsts.Order().ShouldBe(Enumerable.Range(1, 200).Select(p => (long)p));
    }

    [Fact]
    public void Forgotten_positions_are_gone_from_every_dyad_and_from_the_count()
    {
        var interactions = TestHistories.Random(11, count: 100, people: 5);
        var store = TestHistories.Fold(interactions);
        var forgotten = new HashSet<long>(Enumerable.Range(1, 100).Where(p => p % 3 == 0).Select(p => (long)p));

        store.Forget(forgotten);

        store.Interactions.ShouldBe(100 - forgotten.Count);
        for (var a = 0; a < 5; a++)
            for (var b = 0; b < a; b++)
            {
                var expected = TestHistories.Naive(interactions, $"p{a}", $"p{b}", long.MaxValue - 1).Where(
                    e => !forgotten.Contains(e.Position)).ToList();
                TestHistories.Read(store, $"p{a}", $"p{b}", long.MaxValue - 1).ShouldBe(expected);
            }
    }

    [Fact]
    public void Changed_dyads_are_handed_over_once()
    {
        var store = TestHistories.Fold(
            [TestHistories.Message(1, "ann", "bob"), TestHistories.Message(2, "ann", "bob"), TestHistories.Message(3, "ann", "cai")]);
        var changed = new List<int>();

        store.DrainChanged(changed);
        changed.Count.ShouldBe(2);
        changed.Clear();
        store.DrainChanged(changed);
        changed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Readers_see_whole_chains_while_the_writer_goes_on()
    {
        var store = new HistoryStore();
        const int Messages = 50_000;
        var stop = false;
        var reading = Task.Run(
            () =>
            {
                var longest = 0;
                var reader = new DyadReader(store);
                while (!Volatile.Read(ref stop))
                {
                    if (!store.People.TryGetNumber("p0", out var person)) continue;
                    foreach (var view in store.DyadsOf(person))
                    {
                        var events = reader.Read(view.Index, long.MaxValue - 1);
                        for (var i = 1; i < events.Length; i++) events[i].Position.ShouldBeGreaterThan(events[i - 1].Position);
                        longest = Math.Max(longest, events.Length);
                    }
                }
                return longest;
            },
            TestContext.Current.CancellationToken);

        for (var number = 0; number < Messages; number++)
            store.Apply(TestHistories.Message(number, "p0", $"p{1 + (number % 5)}"), number + 1);
        Volatile.Write(ref stop, true);

        (await reading).ShouldBeLessThanOrEqualTo(Messages / 5);
        TestHistories.Read(store, "p0", "p1", long.MaxValue - 1).Count.ShouldBe(Messages / 5);
    }

    private static DyadEvent Only(HistoryStore store, string a, string b)
    {
        store.People.TryGetNumber(a, out var one).ShouldBeTrue();
        store.People.TryGetNumber(b, out var two).ShouldBeTrue();
        return new DyadReader(store).Read(store.Find(one, two)!.Value.Index, long.MaxValue - 1).ToArray().ShouldHaveSingleItem();
    }
}

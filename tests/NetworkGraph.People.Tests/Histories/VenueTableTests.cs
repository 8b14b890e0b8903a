using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;
using NetworkGraph.Stories;

namespace NetworkGraph.People.Tests.Histories;

public class VenueTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_position_has_the_venue_its_interaction_names(int seed)
    {
        var interactions = TestHistories.Random(seed, count: 300, people: 7);
        var store = TestHistories.Fold(interactions);

        for (var i = 0; i < interactions.Count; i++) VenueOf(store, (uint)i + 1).ShouldBe(interactions[i].Venue);
        VenueOf(store, 0).ShouldBeNull();
        VenueOf(store, 301).ShouldBeNull();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_venue_lists_the_events_of_every_dyad_there(int seed)
    {
        var interactions = TestHistories.Random(seed, count: 200, people: 6);
        var store = TestHistories.Fold(interactions);

        Listing(store).ShouldBe(Naive(interactions));
    }

    [Fact]
    public void A_meeting_of_three_stands_at_the_venue_once_for_each_pair_and_an_attendance_on_the_persons_own_list()
    {
        var store = TestHistories.Fold(
        [
            new Interaction { Id = "m", AtMs = 1, From = "ann", To = ["bob", "cai"], Kind = InteractionKind.Meeting, Venue = "fair" },
            new Interaction { Id = "a", AtMs = 2, From = "bob", To = [], Kind = InteractionKind.Attendance, Venue = "fair" },
            new Interaction { Id = "n", AtMs = 3, From = "ann", To = ["bob"], Kind = InteractionKind.Message },
        ]);

        Listing(store).ShouldBe(["fair 1 ann-bob", "fair 1 ann-cai", "fair 1 bob-cai", "fair 2 bob-bob"]);
        store.Venues.TryGetNumber("Fair", out _).ShouldBeFalse();
    }

    [Fact]
    public void What_is_forgotten_is_gone_from_its_venue_and_so_is_the_name_of_a_venue_with_nothing_left()
    {
        var interactions = TestHistories.Random(5, count: 120, people: 5);
        interactions[6] = TestHistories.MessageAt("the private dinner", 6, "p1", "p2");
        var store = TestHistories.Fold(interactions);
        store.Venues.TryGetNumber("the private dinner", out var dinner).ShouldBeTrue();
        var forgotten = Enumerable.Range(1, 120).Where(p => p % 7 == 0).Select(p => (long)p).ToHashSet();

        store.Forget(forgotten);

        Listing(store).ShouldBe(Naive(interactions, forgotten));
        store.Venues.TryGetNumber("the private dinner", out _).ShouldBeFalse();
        store.Venues.NameOf(dinner).ShouldBe("");
        VenueOf(store, 7).ShouldBeNull();
        store.Apply(interactions[6], 121);
        VenueOf(store, 121).ShouldBe("the private dinner");
    }

    [Fact]
    public void A_record_out_of_the_order_of_the_log_is_refused()
    {
        var store = new HistoryStore();
        store.Apply(TestHistories.MessageAt("fair", 1, "ann", "bob"), 9);

        Should.Throw<ArgumentException>(() => store.Apply(TestHistories.MessageAt("fair", 2, "ann", "bob"), 8))
            .Message.ShouldContain("order of the log");
    }

    [Fact]
    public async Task Readers_find_every_venue_while_the_writer_goes_on()
    {
        var store = new HistoryStore();
        const uint Interactions = 30_000;
        var stop = false;
        var reading = Task.Run(
            () =>
            {
                var wrong = 0;
                while (!Volatile.Read(ref stop))
                {
                    if (!store.Venues.TryGetNumber("venue 3", out var venue)) continue;
                    foreach (var happened in store.Venues.EventsAt(venue))
                        if (happened.Position % 5 != 3 || store.Venues.Of(happened.Position) != venue) wrong++;
                }
                return wrong;
            },
            TestContext.Current.CancellationToken);

        for (var position = 1u; position <= Interactions; position++)
            store.Apply(TestHistories.MessageAt($"venue {position % 5}", (int)position, "p0", $"p{1 + (position % 4)}"), position);
        Volatile.Write(ref stop, true);

        (await reading).ShouldBe(0);
        store.Venues.TryGetNumber("venue 3", out var third).ShouldBeTrue();
        store.Venues.EventsAt(third).Count().ShouldBe((int)Interactions / 5);
    }

    internal static string? VenueOf(HistoryStore store, uint position) =>
        store.Venues.Of(position) is >= 0 and var venue ? store.Venues.NameOf(venue) : null;

    /// <summary>Everything that happened at venues: "venue position person-person", sorted.</summary>
    internal static List<string> Listing(HistoryStore store)
    {
        var listing = new List<string>();
        for (var venue = 0; venue < store.Venues.Count; venue++)
        {
            foreach (var happened in store.Venues.EventsAt(venue))
            {
                var (low, high) = store.PeopleOf(happened.Dyad);
                listing.Add(Line(store.Venues.NameOf(venue), happened.Position, store.People.Ids[low], store.People.Ids[high]));
            }
        }
        listing.Sort(StringComparer.Ordinal);
        return listing;
    }

    private static List<string> Naive(List<Interaction> interactions, HashSet<long>? forgotten = null)
    {
        var listing = new List<string>();
        for (var i = 0; i < interactions.Count; i++)
        {
            var interaction = interactions[i];
            if (interaction.Venue is not { } venue || forgotten?.Contains(i + 1) == true) continue;
            string[] all = [interaction.From, .. interaction.To];
            if (interaction.Kind is InteractionKind.Attendance) listing.Add(Line(venue, i + 1, all[0], all[0]));
            if (interaction.About is { } about && !all.Contains(about)) listing.Add(Line(venue, i + 1, about, about));
            for (var a = 0; a < all.Length; a++)
                for (var b = a + 1; b < all.Length; b++)
                    if (a == 0 || interaction.Kind.IsMutual()) listing.Add(Line(venue, i + 1, all[a], all[b]));
        }
        listing.Sort(StringComparer.Ordinal);
        return listing;
    }

    private static string Line(string venue, long position, string one, string other) =>
        string.CompareOrdinal(one, other) <= 0 ? $"{venue} {position} {one}-{other}" : $"{venue} {position} {other}-{one}";
}

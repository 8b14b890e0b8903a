using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;

namespace NetworkGraph.Conformance.People;

/// <summary>What every people host must do. A host's tests derive from this and say how to make one.</summary>
public abstract class PeopleHostConformance
{
    private static readonly DateTimeOffset s_start = new(2025, 3, 3, 9, 0, 0, TimeSpan.Zero);
    private readonly List<LogRecord> _records = [];
    private int _number;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A host without people.</summary>
    protected abstract Task<EmbeddedPeople> CreateAsync();

    [Fact]
    public async Task An_unknown_id_has_no_answers()
    {
        var people = await FoldAsync();

        (await people.PersonAsync("ann", Day(1), Cancellation)).ShouldBeNull();
        (await people.TiesAsync("ann", Day(1), TieRange.All, Cancellation)).ShouldBeNull();
        (await people.TieAsync("ann", "bob", Day(1), Cancellation)).ShouldBeNull();
        (await people.ReciprocityAsync("ann", Day(1), Cancellation)).ShouldBeNull();
        (await people.DormantTiesAsync("ann", Day(1), Cancellation)).ShouldBeNull();
        (await people.FollowUpsAsync("ann", null, Day(1), Cancellation)).ShouldBeNull();
        (await people.VenuesAsync("ann", Day(1), Cancellation)).ShouldBeNull();
        (await people.HistoryAsync("ann", new HistoryFilter(), Cancellation)).ShouldBeNull();
        (await people.HabitsAsync("ann", Day(1), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Both_people_of_a_dyad_see_it_each_from_their_side()
    {
        Message(0, "ann", "bob");
        Message(1, "ann", "bob");
        Message(2, "bob", "ann");
        var people = await FoldAsync();

        var anns = (await people.TiesAsync("ann", Day(2), TieRange.All, Cancellation)).ShouldNotBeNull().ShouldHaveSingleItem();
        var bobs = (await people.TiesAsync("bob", Day(2), TieRange.All, Cancellation)).ShouldNotBeNull().ShouldHaveSingleItem();

        (anns.Person, anns.InteractionsOut, anns.InteractionsIn).ShouldBe(("bob", 2, 1));
        (bobs.Person, bobs.InteractionsOut, bobs.InteractionsIn).ShouldBe(("ann", 1, 2));
        anns.StrengthOut.ShouldBe(bobs.StrengthIn, 1e-12);
        anns.StrengthIn.ShouldBe(bobs.StrengthOut, 1e-12);
        anns.Balance.ShouldNotBeNull().ShouldBe(bobs.Balance.ShouldNotBeNull(), 1e-12);
    }

    [Fact]
    public async Task An_answer_as_of_a_date_counts_what_happened_until_then_also_where_it_arrived_later()
    {
        Message(5, "ann", "bob");
        Message(1, "bob", "ann");
        var people = await FoldAsync();

        (await people.TiesAsync("ann", Day(0), TieRange.All, Cancellation)).ShouldBeEmpty();
        var early = (await people.TieAsync("ann", "bob", Day(1), Cancellation)).ShouldNotBeNull();
        (early.InteractionsOut, early.InteractionsIn, early.StrengthIn).ShouldBe((0, 1, 1));
        (await people.TieAsync("ann", "bob", Day(5), Cancellation)).ShouldNotBeNull().InteractionsOut.ShouldBe(1);
        var person = (await people.PersonAsync("ann", Day(0), Cancellation)).ShouldNotBeNull();
        (person.FirstSeen, person.Contacts).ShouldBe((null, 0));
    }

    [Fact]
    public async Task Ties_come_strongest_first_and_only_where_some_weight_passed()
    {
        Message(0, "ann", "cai");
        Message(0, "ann", "bob");
        Message(1, "ann", "bob");
        Add(2, "ann", InteractionKind.Decline, "dan");
        Message(0, "ann", "abe");
        var people = await FoldAsync();

        (await people.TiesAsync("ann", Day(3), TieRange.All, Cancellation)).ShouldNotBeNull().Select(tie => tie.Person).ShouldBe(
            ["bob", "abe", "cai"]);
        (await people.TieAsync("ann", "dan", Day(3), Cancellation)).ShouldNotBeNull().StrengthOut.ShouldBe(0);
    }

    [Fact]
    public async Task A_range_of_ties_is_that_part_of_all_of_them()
    {
        // Some are equally strong: of those the id decides, also where a range begins.
        string[] others = ["bob", "cai", "dan", "eve", "fay", "gus"];
        for (var i = 0; i < others.Length; i++)
            for (var day = 0; day <= i / 2; day++) Message(day, i % 2 == 0 ? "ann" : others[i], i % 2 == 0 ? others[i] : "ann");
        var people = await FoldAsync();
        var all = (await people.TiesAsync("ann", Day(4), TieRange.All, Cancellation)).ShouldNotBeNull();
        all.Count.ShouldBe(others.Length);

        for (var from = 0; from <= all.Count; from++)
        {
            for (var most = 1; most <= all.Count + 1; most++)
            {
                var range = new TieRange { After = from == 0 ? null : TiePlace.Of(all[from - 1]), Most = most };
                var some = (await people.TiesAsync("ann", Day(4), range, Cancellation)).ShouldNotBeNull();
                some.Select(tie => (tie.Person, tie.StrengthOut, tie.StrengthIn)).ShouldBe(
                    all.Skip(from).Take(most).Select(tie => (tie.Person, tie.StrengthOut, tie.StrengthIn)));
            }
        }
    }

    [Fact]
    public async Task A_profile_is_the_current_one_at_any_date_and_makes_a_person_known()
    {
        _records.Add(new ProfileChanged { AtMs = Day(0), Profile = new Profile { Id = "ann", Name = "Ann", Role = "lawyer" } });
        _records.Add(new ProfileChanged { AtMs = Day(9), Profile = new Profile { Id = "ann", Name = "Ann Abel" } });
        var people = await FoldAsync();

        var ann = (await people.PersonAsync("ann", Day(1), Cancellation)).ShouldNotBeNull();
        (ann.Name, ann.Role, ann.InteractionsOut, ann.LastSeen).ShouldBe(("Ann Abel", null, 0, null));
        (await people.TiesAsync("ann", Day(1), TieRange.All, Cancellation)).ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_persons_activity_counts_a_message_to_many_once()
    {
        Message(0, "ann", "bob", "cai", "dan");
        Add(1, "bob", InteractionKind.Meeting, "ann", "cai");
        Message(2, "dan", "ann");
        var people = await FoldAsync();

        var ann = (await people.PersonAsync("ann", Day(3), Cancellation)).ShouldNotBeNull();
        (ann.InteractionsOut, ann.InteractionsIn, ann.Contacts).ShouldBe((2, 2, 3));
        (ann.FirstSeen, ann.LastSeen).ShouldBe((s_start, s_start.AddDays(2)));
    }

    [Fact]
    public async Task Reciprocity_is_the_share_of_what_was_put_in_that_came_back()
    {
        Message(0, "ann", "bob");
        Message(0, "bob", "ann");
        Message(0, "ann", "cai");
        var people = await FoldAsync();

        var ann = (await people.ReciprocityAsync("ann", Day(0), Cancellation)).ShouldNotBeNull();
        (ann.Returned, ann.Given, ann.Ties, ann.MutualTies).ShouldBe((0.5, 1.0, 2, 1));
    }

    [Fact]
    public async Task Dormant_ties_are_those_with_a_past_that_fell_silent()
    {
        for (var day = 0; day < 30; day += 5)
        {
            Message(day, "ann", "bob");
            Message(day + 1, "bob", "ann");
            Message(day, "ann", "cai");
        }
        Message(500, "ann", "dan");
        var people = await FoldAsync();

        var dormant = (await people.DormantTiesAsync("ann", Day(500), Cancellation)).ShouldNotBeNull().ShouldHaveSingleItem();
        dormant.Person.ShouldBe("bob");
        dormant.PeakStrength.ShouldBeGreaterThan(4);
        (dormant.Novelty, dormant.NoveltyKnown, dormant.Newness).ShouldBe((null, false, null));
        dormant.ReconnectValue.ShouldBe(dormant.Trust * dormant.AnswerProbability, 1e-12);
        (await people.DormantTiesAsync("ann", Day(40), Cancellation)).ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task Follow_ups_are_the_first_contacts_latest_first_at_all_venues_or_at_one()
    {
        _records.Add(Interaction(0, "ann", InteractionKind.Meeting, ["bob"], venue: "fair"));
        Message(1, "bob", "ann");
        _records.Add(Interaction(5, "cai", InteractionKind.Meeting, ["ann", "dan"], venue: "club"));
        Message(30, "ann", "eve");
        Add(31, "ann", InteractionKind.Meeting, "eve");
        var people = await FoldAsync();

        var all = (await people.FollowUpsAsync("ann", null, Day(8), Cancellation)).ShouldNotBeNull();
        all.Items.Select(item => (item.Person, item.Venue, item.State)).ShouldBe(
            [("cai", "club", "overdue"), ("dan", "club", "overdue"), ("bob", "fair", "within-24h")]);
        all.Items[2].Evidence.Positions.ShouldBe([1, 2]);
        all.RateWithin24h.ShouldNotBeNull().ShouldBe(1 / 3.0, 1e-12);
        (await people.FollowUpsAsync("ann", "fair", Day(40), Cancellation)).ShouldNotBeNull().Items.ShouldHaveSingleItem().Person.ShouldBe(
            "bob");
        (await people.FollowUpsAsync("ann", null, Day(40), Cancellation)).ShouldNotBeNull().States["never"].ShouldBe(2);
        (await people.FollowUpsAsync("ann", null, Day(-1), Cancellation)).ShouldNotBeNull().Items.ShouldBeEmpty();
        (await people.FollowUpsAsync("eve", null, Day(40), Cancellation)).ShouldNotBeNull().Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Venues_tell_what_going_there_brought_one_person()
    {
        _records.Add(Interaction(0, "ann", InteractionKind.Attendance, []));
        _records.Add(Interaction(0, "ann", InteractionKind.Meeting, ["bob", "cai"], venue: "fair"));
        Message(1, "bob", "ann");
        _records.Add(Interaction(9, "ann", InteractionKind.Attendance, []));
        _records.Add(Interaction(9, "dan", InteractionKind.Attendance, [], venue: "club"));
        var people = await FoldAsync();

        var fair = (await people.VenuesAsync("ann", Day(20), Cancellation)).ShouldNotBeNull().ShouldHaveSingleItem();
        (fair.Venue, fair.Visits, fair.People, fair.NewPeople, fair.RateWithin24h).ShouldBe(("fair", 2, 2, 2, 0.5));
        (fair.FollowedUp.Count, fair.FollowedUp.Of, fair.StillReciprocated.Of).ShouldBe((1, 2, 0));
        (await people.VenuesAsync("ann", Day(0), Cancellation)).ShouldNotBeNull().ShouldHaveSingleItem().Visits.ShouldBe(1);
        (await people.VenuesAsync("dan", Day(0), Cancellation)).ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task History_is_newest_first_filtered_and_paged_without_gap_or_repeat()
    {
        for (var day = 0; day < 10; day++) Message(day, "ann", day % 2 == 0 ? "bob" : "cai");
        Message(4, "ann", "bob", "cai");
        Add(3, "ann", InteractionKind.Call, "bob");
        _records.Add(Interaction(2, "ann", InteractionKind.Attendance, []));
        Message(3, "dan", "eve");
        var people = await FoldAsync();

        (await PositionsAsync(people, new HistoryFilter())).ShouldBe([10, 9, 8, 7, 6, 11, 5, 12, 4, 13, 3, 2, 1]);
        (await PositionsAsync(people, new HistoryFilter { With = "bob" })).ShouldBe([9, 7, 11, 5, 12, 3, 1]);
        (await PositionsAsync(people, new HistoryFilter { SinceMs = Day(3), UntilMs = Day(4) })).ShouldBe([11, 5, 12, 4]);
        (await PositionsAsync(people, new HistoryFilter { Kind = InteractionKind.Call })).ShouldBe([12]);
        (await PositionsAsync(people, new HistoryFilter { With = "nobody" })).ShouldBeEmpty();

        var paged = new List<long>();
        HistoryEntry? after = null;
        while ((await people.HistoryAsync("ann", new HistoryFilter { Limit = 4, After = after }, Cancellation))
            .ShouldNotBeNull() is { Count: > 0 } page)
        {
            paged.AddRange(page.Select(entry => entry.Position));
            after = page[^1];
        }
        paged.ShouldBe([10, 9, 8, 7, 6, 11, 5, 12, 4, 13, 3, 2, 1]);
    }

    [Fact]
    public async Task Habits_rest_on_interactions_that_are_named_by_their_position()
    {
        for (var day = 0; day < 12; day++) Add(day, "ann", InteractionKind.Message, Exchange.Gossip, "bob");
        Add(12, "ann", InteractionKind.Introduction, "bob", "cai");
        var people = await FoldAsync();

        var habits = (await people.HabitsAsync("ann", Day(60), Cancellation)).ShouldNotBeNull();
        (habits.Person, habits.Outgoing, habits.FromMs, habits.AsOfMs).ShouldBe(("ann", 13, Day(0), Day(60)));
        var gossip = habits.Archetypes.ShouldHaveSingleItem();
        (gossip.Name, gossip.Counts["gossip"], gossip.Counts["sent"]).ShouldBe(("gossip", 12, 13));
        gossip.Positions.ShouldBe([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
        var introduced = habits.Introductions.ShouldHaveSingleItem();
        introduced.Position.ShouldBe(13);
        new[] { introduced.First, introduced.Second }.ShouldBe(["bob", "cai"], ignoreOrder: true);
        (await people.HabitsAsync("ann", Day(8), Cancellation)).ShouldNotBeNull().Archetypes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_warning_of_persistence_is_on_both_lists_each_saying_whose_it_is()
    {
        for (var day = 0; day < 8; day++) Message(day, "bob", "ann");
        var people = await FoldAsync();

        var anns = (await people.HabitsAsync("ann", Day(9), Cancellation)).ShouldNotBeNull().Warnings.ShouldHaveSingleItem();
        (anns.Name, anns.Person, anns.IsByOther).ShouldBe(("unwanted-persistence", "bob", true));
        anns.Positions.ShouldBe([8, 7, 6, 5, 4, 3, 2, 1]);
        var bobs = (await people.HabitsAsync("bob", Day(9), Cancellation)).ShouldNotBeNull().Warnings.ShouldHaveSingleItem();
        (bobs.Name, bobs.Person, bobs.IsByOther).ShouldBe(("unwanted-persistence", "ann", false));
    }

    [Fact]
    public async Task A_tombstone_counts_for_nothing()
    {
        Message(0, "ann", "bob");
        _records.Add(new Tombstone());
        _records.Add(new PersonErased { AtMs = Day(1), Tombstones = 1 });
        var people = await FoldAsync();

        (await people.PersonAsync("ann", Day(2), Cancellation)).ShouldNotBeNull().InteractionsOut.ShouldBe(1);
    }

    private static long Day(int day) => s_start.AddDays(day).ToUnixTimeMilliseconds();

    private static async Task<List<long>> PositionsAsync(EmbeddedPeople people, HistoryFilter filter) =>
        [.. (await people.HistoryAsync("ann", filter, Cancellation)).ShouldNotBeNull().Select(entry => entry.Position)];

    private void Message(int day, string from, params string[] to) => Add(day, from, InteractionKind.Message, to);

    private void Add(int day, string from, InteractionKind kind, params string[] to) => _records.Add(Interaction(day, from, kind, to));

    private void Add(int day, string from, InteractionKind kind, Exchange exchange, params string[] to) =>
        _records.Add(Interaction(day, from, kind, to, exchange));

    private Interaction Interaction(
        int day, string from, InteractionKind kind, string[] to, Exchange exchange = Exchange.None, string? venue = null) => new()
        {
            Id = $"i{_number++}",
            AtMs = Day(day),
            From = from,
            To = to,
            Kind = kind,
            Exchange = exchange,
            Venue = venue ?? (kind is InteractionKind.Attendance ? "fair" : null),
        };

    private async Task<EmbeddedPeople> FoldAsync()
    {
        var people = await CreateAsync();
        for (var i = 0; i < _records.Count; i += 3)
            await people.ApplyAsync(new RecordBatch(i + 1, [.. _records.Skip(i).Take(3)]), Cancellation);
        return people;
    }
}

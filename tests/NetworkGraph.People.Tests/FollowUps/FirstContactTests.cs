using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Tests.Measures;

namespace NetworkGraph.People.Tests.FollowUps;

public class FirstContactTests
{
    private const double Hour = 1 / 24.0;
    private static readonly VenueTable s_nowhere = new();

    [Theory]
    [InlineData(0.1, FollowUpState.Within24h)]
    [InlineData(1, FollowUpState.Within24h)]
    [InlineData(1.01, FollowUpState.Within48h)]
    [InlineData(2, FollowUpState.Within48h)]
    [InlineData(2.01, FollowUpState.Late)]
    [InlineData(14, FollowUpState.Late)]
    [InlineData(14.01, FollowUpState.Never)]
    public void A_first_contact_is_followed_up_by_when_the_next_message_came(double afterDays, FollowUpState expected)
    {
        var contact = Of(new DyadStory().Both(0).Me(afterDays), asOfDay: 30).ShouldNotBeNull();

        contact.State.ShouldBe(expected);
        contact.MetMs.ShouldBe(DyadStory.At(0));
        contact.NextMs.ShouldBe(DyadStory.At(afterDays));
        contact.FollowedUpMs.ShouldBe(expected is FollowUpState.Never ? null : DyadStory.At(afterDays));
        if (expected is FollowUpState.Never) contact.Hours.ShouldBeNull();
        else contact.Hours.ShouldNotBeNull().ShouldBe(afterDays * 24, 1e-3);
    }

    [Theory]
    [InlineData(0, FollowUpState.Due)]
    [InlineData(1.99, FollowUpState.Due)]
    [InlineData(2, FollowUpState.Overdue)]
    [InlineData(13.99, FollowUpState.Overdue)]
    [InlineData(14, FollowUpState.Never)]
    [InlineData(400, FollowUpState.Never)]
    public void Without_a_follow_up_the_state_is_a_matter_of_age(double asOfDay, FollowUpState expected) =>
        Of(new DyadStory().Both(0), asOfDay).ShouldNotBeNull().State.ShouldBe(expected);

    [Fact]
    public void Either_of_the_two_can_follow_up()
    {
        Of(new DyadStory().Both(0).Them(10 * Hour), 3).ShouldNotBeNull().NextDirection.ShouldBe(DyadDirection.HighToLow);
        Of(new DyadStory().Both(0).Me(10 * Hour), 3).ShouldNotBeNull().NextDirection.ShouldBe(DyadDirection.LowToHigh);
        Of(new DyadStory().Both(0).Both(10 * Hour, InteractionKind.Call), 3).ShouldNotBeNull().NextDirection.ShouldBe(DyadDirection.Both);
    }

    [Fact]
    public void An_accept_is_a_first_contact_and_the_connect_before_it_does_not_count()
    {
        var contact = Of(new DyadStory().Me(0, InteractionKind.Connect).Them(3, InteractionKind.Accept).Me(3.5), 10).ShouldNotBeNull();

        contact.MetBy.ShouldBe(InteractionKind.Accept);
        contact.MetMs.ShouldBe(DyadStory.At(3));
        contact.State.ShouldBe(FollowUpState.Within24h);
    }

    [Fact]
    public void Those_who_had_written_before_do_not_meet_for_the_first_time() =>
        Of(new DyadStory().Me(0).Both(5).Me(5.2), 10).ShouldBeNull();

    [Fact]
    public void A_reaction_or_an_endorsement_follows_nothing_up()
    {
        var contact = Of(new DyadStory().Both(0).Me(0.1, InteractionKind.Reaction).Them(0.2, InteractionKind.Endorsement), 3)
            .ShouldNotBeNull();

        (contact.State, contact.NextMs, contact.NextPosition).ShouldBe((FollowUpState.Overdue, null, 0u));
    }

    [Fact]
    public void A_call_is_a_first_contact_and_an_attempt_of_half_a_minute_is_none()
    {
        Of(new DyadStory().Both(0, InteractionKind.Call).Me(0.5), 3).ShouldNotBeNull().MetBy.ShouldBe(InteractionKind.Call);
        Of(new DyadStory().Me(0, InteractionKind.Call).Me(0.5), 3).ShouldBeNull();
    }

    [Fact]
    public void The_next_occurrence_of_a_large_series_is_no_follow_up_and_of_a_small_one_it_is()
    {
        DyadStory Twice(int recipients) =>
            new DyadStory().Both(0, recipients: recipients).With(h => h with { Series = 9 }).Both(7, recipients: recipients).With(
            h => h with { Series = 9 });
        Of(Twice(7), 10).ShouldNotBeNull().State.ShouldBe(FollowUpState.Overdue);
        Of(Twice(3), 10).ShouldNotBeNull().State.ShouldBe(FollowUpState.Late);
    }

    [Fact]
    public void A_mail_to_everybody_follows_nothing_up() =>
        Of(new DyadStory().Both(0).Me(0.5, recipients: 40), 3).ShouldNotBeNull().State.ShouldBe(FollowUpState.Overdue);

    [Fact]
    public void Only_cards_exchanged_are_no_first_contact() =>
        Of(new DyadStory().Me(0, InteractionKind.Connect).Them(1, InteractionKind.Reaction), 10).ShouldBeNull();

    [Fact]
    public void A_follow_up_at_the_same_instant_has_no_hours()
    {
        var contact = Of(new DyadStory().Both(0).Me(0), 1).ShouldNotBeNull();

        (contact.State, contact.Hours, contact.NextPosition).ShouldBe((FollowUpState.Within24h, null, 2u));
    }

    [Fact]
    public void A_deadline_configured_longer_keeps_a_contact_open_longer()
    {
        var options = new PeopleOptions { FollowUps = new FollowUpThresholds { LateWithinDays = 30 } };

        FirstContact.Of(new DyadStory().Both(0).Events(), DyadStory.At(20), s_nowhere, options.WeightTable, options.FollowUps)
            .ShouldNotBeNull().State.ShouldBe(FollowUpState.Overdue);
        FirstContact.Of(new DyadStory().Both(0).Me(20).Events(), DyadStory.At(20), s_nowhere, options.WeightTable, options.FollowUps)
            .ShouldNotBeNull().State.ShouldBe(FollowUpState.Late);
    }

    [Fact]
    public void Every_state_has_its_name_and_back()
    {
        foreach (var state in Enum.GetValues<FollowUpState>()) FollowUpStates.Parse(state.WireName()).ShouldBe(state);
        FollowUpStates.Names.ShouldBe(["within-24h", "within-48h", "late", "due", "overdue", "never"]);
        FollowUpStates.Parse("soon").ShouldBeNull();
    }

    [Fact]
    public void Any_story_at_any_date_is_read_as_the_definition_says() =>
        Prop.ForAll(RandomStories.All, Arb.From(Gen.Choose(0, 200_000)), (story, asOfMinutes) =>
        {
            var asOfMs = DyadStory.StartMs + (asOfMinutes * 60_000L);
            var known = story.Where(h => h.AtMs <= asOfMs).ToArray();
            var contact = FirstContact.Of(
                DyadStory.EventsOf(known, true), asOfMs, s_nowhere, PeopleOptions.Default.WeightTable, PeopleOptions.Default.FollowUps);
            var mirrored = FirstContact.Of(
                DyadStory.EventsOf(known, false), asOfMs, s_nowhere, PeopleOptions.Default.WeightTable, PeopleOptions.Default.FollowUps);

            Told(contact).ShouldBe(Naive(known, asOfMs));
            Told(mirrored).ShouldBe(Told(contact));
        }).QuickCheckThrowOnFailure();

    private static FirstContact? Of(DyadStory story, double asOfDay) =>
        FirstContact.Of(story.Events(), DyadStory.At(asOfDay), s_nowhere, PeopleOptions.Default.WeightTable,
            PeopleOptions.Default.FollowUps);

    private static (long, string, double?)? Told(FirstContact? contact) =>
        contact is { } c ? (c.MetMs, c.State.WireName(), c.Hours is { } hours ? Math.Round(hours, 6) : null) : null;

    private static (long, string, double?)? Naive(Happened[] story, long asOfMs)
    {
        var past = story.OrderBy(h => h.AtMs).ToList();
        var naive = new NaiveMeasures(past);
        var met = past.FindIndex(h => h.Kind is InteractionKind.Meeting or InteractionKind.Accept or InteractionKind.Call);
        if (met < 0 || past.Take(met).Any(naive.IsContact)) return null;
        var next = past.Skip(met + 1).FirstOrDefault(naive.IsContact);
        var age = TimeSpan.FromMilliseconds(asOfMs - past[met].AtMs);
        if (next is null) return (past[met].AtMs, age.TotalHours < 48 ? "due" : age.TotalDays < 14 ? "overdue" : "never", null);
        var took = TimeSpan.FromMilliseconds(next.AtMs - past[met].AtMs);
        if (took.TotalDays > 14) return (past[met].AtMs, "never", null);
        var state = took.TotalHours <= 24 ? "within-24h" : took.TotalHours <= 48 ? "within-48h" : "late";
        return (past[met].AtMs, state, took == TimeSpan.Zero ? null : Math.Round(took.TotalHours, 6));
    }
}

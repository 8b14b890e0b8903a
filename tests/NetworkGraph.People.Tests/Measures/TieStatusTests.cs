using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Tests.Measures;

/// <summary>Every status as a sentence about two people, and the near miss beside it.</summary>
public class TieStatusTests
{
    [Fact]
    public void Met_thirty_days_ago_is_new() => new DyadStory().Both(0).StatusAt(30).ShouldBe("new");

    [Fact]
    public void Met_a_minute_longer_ago_is_new_no_more() => new DyadStory().Both(0).StatusAt(30 + 1 / 1440.0).ShouldNotBe("new");

    [Fact]
    public void A_fresh_contact_is_new_even_where_it_was_declined() =>
        new DyadStory().Me(0).Them(1, InteractionKind.Decline).StatusAt(20).ShouldBe("new");

    [Fact]
    public void A_decline_as_the_last_word_after_a_real_tie_is_burnt() =>
        new DyadStory().Letters(0, 3, 10).Them(40, InteractionKind.Decline).StatusAt(70).ShouldBe("burnt");

    [Fact]
    public void A_complaint_as_the_last_word_burns_nothing() =>
        new DyadStory().Letters(0, 3, 10).Me(40, exchange: Exchange.Complaint).StatusAt(60).ShouldNotBe("burnt");

    [Fact]
    public void A_decline_burns_after_thirty_days_without_a_contact() =>
        new DyadStory().Letters(0, 3, 10).Them(40, InteractionKind.Decline).StatusAt(69).ShouldNotBe("burnt");

    [Fact]
    public void A_declined_event_burns_nothing() =>
        new DyadStory().Letters(0, 3, 10).Them(40, InteractionKind.Decline).With(h => h with { AtVenue = true }).StatusAt(75).ShouldNotBe(
            "burnt");

    [Fact]
    public void Writing_to_somebody_who_declined_does_not_undo_it_after_thirty_days() =>
        new DyadStory().Letters(0, 3, 10).Them(40, InteractionKind.Decline).Me(75).StatusAt(80).ShouldBe("burnt");

    [Fact]
    public void A_reaction_after_a_decline_takes_nothing_back() =>
        new DyadStory().Letters(0, 3, 10).Them(40, InteractionKind.Decline).Them(50, InteractionKind.Reaction).StatusAt(75).ShouldBe(
            "burnt");

    [Fact]
    public void One_message_is_strength_enough_to_burn() =>
        new DyadStory().Me(0).Them(35, InteractionKind.Decline).StatusAt(65).ShouldBe("burnt");

    [Fact]
    public void Ten_reactions_at_once_are_strength_enough_to_burn()
    {
        var story = new DyadStory();
        for (var i = 0; i < 10; i++) story.Me(0, InteractionKind.Reaction);
        story.Them(35, InteractionKind.Decline).StatusAt(65).ShouldBe("burnt");
    }

    [Fact]
    public void A_declined_request_of_a_stranger_is_not_burnt() =>
        new DyadStory().Me(0, InteractionKind.Connect).Them(5, InteractionKind.Decline).StatusAt(60).ShouldBe("nominal");

    [Fact]
    public void Speaking_again_after_a_decline_is_not_burnt() =>
        new DyadStory().Letters(0, 3, 10).Them(40, InteractionKind.Decline).Me(41).Them(42).StatusAt(60).ShouldBe("active");

    [Fact]
    public void Cards_without_a_word_are_nominal() =>
        new DyadStory().Me(0, InteractionKind.Connect).Them(1, InteractionKind.Accept).StatusAt(31).ShouldBe("nominal");

    [Fact]
    public void Reactions_alone_are_nominal_too_since_nothing_is_said() =>
        new DyadStory().Me(0, InteractionKind.Reaction).Them(40, InteractionKind.Reaction).StatusAt(41).ShouldBe("nominal");

    [Fact]
    public void One_comment_among_cards_is_one_sided() =>
        new DyadStory().Me(0, InteractionKind.Connect).Them(1, InteractionKind.Accept).Me(2, InteractionKind.Comment).StatusAt(40).ShouldBe(
            "one-sided");

    [Fact]
    public void Writing_without_an_answer_is_one_sided() => new DyadStory().Me(0).Me(20).Me(40).StatusAt(41).ShouldBe("one-sided");

    [Fact]
    public void An_accept_is_not_an_answer() =>
        new DyadStory().Me(0).Me(20).Them(21, InteractionKind.Accept).StatusAt(41).ShouldBe("one-sided");

    [Fact]
    public void One_meeting_makes_it_two_sided() => new DyadStory().Me(0).Me(20).Both(40).StatusAt(41).ShouldBe("active");

    [Fact]
    public void Three_each_way_and_silent_four_hundred_days_is_dormant() =>
        new DyadStory().Letters(0, 3, 10).StatusAt(21 + 400).ShouldBe("dormant");

    [Fact]
    public void Two_each_way_and_silent_four_hundred_days_is_lapsed() =>
        new DyadStory().Letters(0, 2, 10).StatusAt(11 + 400).ShouldBe("lapsed");

    [Fact]
    public void Many_of_mine_and_two_of_theirs_is_lapsed() =>
        new DyadStory().Letters(0, 2, 10).Me(12).Me(13).Me(14).StatusAt(14 + 400).ShouldBe("lapsed");

    [Fact]
    public void Silent_for_exactly_half_a_year_is_cooling_still() =>
        new DyadStory().Letters(0, 3, 10).StatusAt(21 + 180).ShouldBe("cooling");

    [Fact]
    public void Old_friends_who_write_every_hundred_days_are_not_dormant_after_four_hundred() =>
        new DyadStory().Me(0).Them(100).Me(200).Them(300).Me(400).Them(500).StatusAt(900).ShouldNotBe("dormant");

    [Fact]
    public void But_they_are_after_more_than_eight_of_their_rhythms() =>
        new DyadStory().Me(0).Them(100).Me(200).Them(300).Me(400).Them(500).StatusAt(500 + 801).ShouldBe("dormant");

    [Fact]
    public void Weekly_contact_and_silent_a_few_days_is_active() => new DyadStory().Letters(0, 10, 7).StatusAt(64 + 5).ShouldBe("active");

    [Fact]
    public void Weekly_contact_and_silent_thirty_days_is_active_still() =>
        new DyadStory().Letters(0, 10, 7).StatusAt(64 + 30).ShouldBe("active");

    [Fact]
    public void Weekly_contact_and_silent_more_than_thirty_days_is_cooling() =>
        new DyadStory().Letters(0, 10, 7).StatusAt(64 + 30.01).ShouldBe("cooling");

    [Fact]
    public void Monthly_contact_and_silent_two_months_is_active() => Monthly().StatusAt(300 + 60).ShouldBe("active");

    [Fact]
    public void Monthly_contact_and_silent_four_months_is_cooling() => Monthly().StatusAt(300 + 120).ShouldBe("cooling");

    [Fact]
    public void Status_does_not_depend_on_the_probability_to_go_on()
    {
        var story = new DyadStory().Letters(0, 10, 7);
        var models = new ModelStore();
        var weights = new double[TieFeatures.Count];
        weights[0] = -5;
        models.Apply(new ModelTrained
        {
            Kind = ModelKind.Persistence,
            GridMs = DyadStory.At(0),
            AtMs = 0,
            Position = 0,
            Interactions = 0,
            WindowDays = 90,
            Rows = 0,
            Parameters = weights,
        }, 1);
        var dates = new InteractionDates();
        dates.Add(DyadStory.At(0));
        var forecast = TieForecast.At(models, dates, DyadStory.At(70), 1, null);
        var tie = DyadMeasures.Tie(
            "them", story.Events(), true, DyadStory.At(70), MeasureOptions.Default, forecast.Of(0, 1)).ShouldNotBeNull();
        (tie.Status, tie.PersistProbability < 0.01).ShouldBe(("active", true));
    }

    [Fact]
    public void A_quarterly_coffee_forty_four_days_ago_is_active() =>
        new DyadStory().Both(0).Both(91).Both(182).Both(273).Both(364).StatusAt(364 + 44).ShouldBe("active");

    [Fact]
    public void A_yearly_letter_eleven_months_ago_is_active() =>
        new DyadStory().Me(0).Them(2).Me(365).Them(367).Me(730).Them(732).StatusAt(732 + 335).ShouldBe("active");

    [Fact]
    public void Three_contacts_in_all_eleven_years_ago_are_lapsed() =>
        new DyadStory().Me(0).Them(1).Me(2).StatusAt(11 * 365.25).ShouldBe("lapsed");

    [Fact]
    public void A_mail_to_three_hundred_people_revives_nothing() =>
        new DyadStory().Letters(0, 4, 30).Me(800, recipients: 300).StatusAt(801).ShouldBe("dormant");

    [Fact]
    public void A_mail_to_five_revives_and_to_six_does_not()
    {
        new DyadStory().Letters(0, 4, 30).Me(800, recipients: 5).StatusAt(801).ShouldBe("active");
        new DyadStory().Letters(0, 4, 30).Me(800, recipients: 6).StatusAt(801).ShouldBe("dormant");
    }

    [Theory]
    [InlineData(InteractionKind.Reaction)]
    [InlineData(InteractionKind.Connect)]
    [InlineData(InteractionKind.Endorsement)]
    public void Neither_a_reaction_nor_a_request_revives_a_relationship(InteractionKind kind) =>
        new DyadStory().Letters(0, 4, 30).Me(800, kind).StatusAt(801).ShouldBe("dormant");

    [Fact]
    public void A_group_reply_to_a_mail_of_mine_is_a_contact_and_one_to_somebody_elses_is_not()
    {
        new DyadStory().Me(0, recipients: 9).Them(1, InteractionKind.Reply, replyTo: 1, recipients: 9).Tie(40).ContactsIn.ShouldBe(1);
        new DyadStory().Me(0, recipients: 9).Them(1, InteractionKind.Reply, replyTo: 77, recipients: 9).Tie(40).ContactsIn.ShouldBe(0);
        new DyadStory().Me(0, recipients: 16).Them(1, InteractionKind.Reply, replyTo: 1, recipients: 16).Tie(40).ContactsIn.ShouldBe(0);
    }

    [Fact]
    public void Of_a_weekly_meeting_of_eight_one_in_thirty_days_is_a_contact()
    {
        var story = new DyadStory();
        for (var week = 0; week < 10; week++) story.Both(week * 7, recipients: 7).With(h => h with { Series = 5 });
        var tie = story.Tie(70);
        (tie.ContactsOut, tie.InteractionsOut).ShouldBe((2, 10));
        tie.LastContact.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(DyadStory.At(35)));
    }

    [Fact]
    public void Of_a_weekly_meeting_of_four_each_is_a_contact()
    {
        var story = new DyadStory();
        for (var week = 0; week < 10; week++) story.Both(week * 7, recipients: 3).With(h => h with { Series = 5 });
        story.Tie(70).ContactsOut.ShouldBe(10);
    }

    [Fact]
    public void Nothing_between_two_people_is_no_tie()
    {
        DyadMeasures.Tie("them", [], true, DyadStory.At(1), MeasureOptions.Default).ShouldBeNull();
        DyadMeasures.TieDetail("them", [], true, DyadStory.At(1), MeasureOptions.Default).ShouldBeNull();
        DyadMeasures.DormantTie("them", [], true, DyadStory.At(1), 1, MeasureOptions.Default).ShouldBeNull();
    }

    private static DyadStory Monthly()
    {
        var story = new DyadStory();
        for (var month = 0; month <= 10; month++)
            _ = month % 2 == 0 ? story.Me(month * 30) : story.Them(month * 30);
        return story;
    }
}

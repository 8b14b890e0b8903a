using NetworkGraph.Events.Interactions;
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
        new DyadStory().Letters(0, 3, 10).Them(40, InteractionKind.Decline).StatusAt(60).ShouldBe("burnt");

    [Fact]
    public void A_complaint_as_the_last_word_after_a_real_tie_is_burnt() =>
        new DyadStory().Letters(0, 3, 10).Me(40, exchange: Exchange.Complaint).StatusAt(60).ShouldBe("burnt");

    [Fact]
    public void One_message_is_strength_enough_to_burn() =>
        new DyadStory().Me(0).Them(35, InteractionKind.Decline).StatusAt(60).ShouldBe("burnt");

    [Fact]
    public void Ten_reactions_at_once_are_strength_enough_to_burn()
    {
        var story = new DyadStory();
        for (var i = 0; i < 10; i++) story.Me(0, InteractionKind.Reaction);
        story.Them(35, InteractionKind.Decline).StatusAt(60).ShouldBe("burnt");
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
        new DyadStory().Me(0, InteractionKind.Connect).Them(1, InteractionKind.Accept).Me(2, InteractionKind.Comment).StatusAt(40).ShouldBe("one-sided");

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
    public void Silent_for_exactly_a_year_is_cooling_still() => new DyadStory().Letters(0, 3, 10).StatusAt(21 + 365).ShouldBe("cooling");

    [Fact]
    public void Old_friends_who_write_every_hundred_days_are_not_dormant_after_four_hundred() =>
        new DyadStory().Me(0).Them(100).Me(200).Them(300).Me(400).Them(500).StatusAt(900).ShouldNotBe("dormant");

    [Fact]
    public void But_they_are_after_more_than_eight_of_their_gaps() =>
        new DyadStory().Me(0).Them(100).Me(200).Them(300).Me(400).Them(500).StatusAt(500 + 801).ShouldBe("dormant");

    [Fact]
    public void Weekly_contact_and_silent_a_few_days_is_active() => new DyadStory().Letters(0, 10, 7).StatusAt(64 + 5).ShouldBe("active");

    [Fact]
    public void Weekly_contact_and_silent_thirty_days_is_active_still() => new DyadStory().Letters(0, 10, 7).StatusAt(64 + 30).ShouldBe("active");

    [Fact]
    public void Weekly_contact_and_silent_more_than_thirty_days_is_cooling() => new DyadStory().Letters(0, 10, 7).StatusAt(64 + 30.01).ShouldBe("cooling");

    [Fact]
    public void Monthly_contact_and_silent_two_months_is_active() => Monthly().StatusAt(300 + 60).ShouldBe("active");

    [Fact]
    public void Monthly_contact_and_silent_four_months_is_cooling() => Monthly().StatusAt(300 + 120).ShouldBe("cooling");

    [Theory]
    [InlineData(0.09, "dormant")]
    [InlineData(0.1, "cooling")]
    [InlineData(0.39, "cooling")]
    [InlineData(0.4, "active")]
    public void A_better_known_probability_decides_where_silence_does_not(double persist, string status)
    {
        var story = new DyadStory().Letters(0, 10, 7);
        DyadMeasures.Tie("them", story.Events(), true, DyadStory.At(70), MeasureOptions.Default, (in _, _) => persist)
            .ShouldNotBeNull().Status.ShouldBe(status);
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

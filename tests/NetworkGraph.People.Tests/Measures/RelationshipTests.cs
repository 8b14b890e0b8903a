using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Tests.Measures;

/// <summary>Every kind of relationship as a sentence about two people, and the near miss beside it.</summary>
public class RelationshipTests
{
    [Fact]
    public void Two_who_answer_each_other_are_genuine() => KindOf(new DyadStory().Letters(0, 3, 10)).ShouldBe("genuine");

    [Fact]
    public void One_letter_and_one_answer_are_superficial_yet() => KindOf(new DyadStory().Letters(0, 1, 10)).ShouldBe("superficial");

    [Fact]
    public void Two_meetings_are_genuine() => KindOf(new DyadStory().Both(0).Both(10)).ShouldBe("genuine");

    [Fact]
    public void Writing_without_an_answer_is_one_sided() => KindOf(new DyadStory().Me(0).Me(1).Me(2)).ShouldBe("one-sided");

    [Fact]
    public void Two_answers_to_twenty_letters_are_not_one_sided_but_uneven()
    {
        var story = new DyadStory().Letters(0, 2, 1);
        for (var day = 10; day < 28; day++) story.Me(day);
        KindOf(story).ShouldBe("genuine");
    }

    [Fact]
    public void Five_answers_to_ten_letters_are_genuine()
    {
        var story = new DyadStory().Letters(0, 5, 2);
        for (var day = 0; day < 5; day++) story.Me(day + 0.5);
        KindOf(story).ShouldBe("genuine");
    }

    [Fact]
    public void Only_transactions_and_asks_are_transactional() => KindOf(new DyadStory()
        .Me(0, InteractionKind.Transaction).Them(1, InteractionKind.Transaction).Me(2, exchange: Exchange.Ask).Them(
            3, exchange: Exchange.Ask)).ShouldBe("transactional");

    [Fact]
    public void Thanks_for_a_transaction_change_nothing() => KindOf(new DyadStory()
        .Me(0, InteractionKind.Transaction).Them(1, InteractionKind.Transaction).Them(2, exchange: Exchange.Thanks).Me(
            3, exchange: Exchange.Thanks)).ShouldBe("transactional");

    [Fact]
    public void Trading_among_letters_is_genuine() =>
        KindOf(new DyadStory().Letters(0, 3, 10).Me(40, InteractionKind.Transaction).Them(41, InteractionKind.Transaction)).ShouldBe(
            "genuine");

    [Fact]
    public void Only_reactions_are_nominal() =>
        KindOf(new DyadStory().Me(0, InteractionKind.Reaction).Them(1, InteractionKind.Reaction)).ShouldBe("nominal");

    [Fact]
    public void A_connection_with_one_comment_is_one_sided() => KindOf(new DyadStory()
        .Me(0, InteractionKind.Connect).Them(1, InteractionKind.Accept).Me(2, InteractionKind.Reaction).Them(3, InteractionKind.Comment))
            .ShouldBe("one-sided");

    [Fact]
    public void Only_cards_are_nominal() =>
        KindOf(new DyadStory().Me(0, InteractionKind.Connect).Them(1, InteractionKind.Accept)).ShouldBe("nominal");

    [Fact]
    public void More_than_half_in_the_family_is_family() => KindOf(new DyadStory()
        .Me(0, setting: Setting.Family).Them(1, setting: Setting.Family).Me(2)).ShouldBe("family");

    [Fact]
    public void Half_in_the_family_is_not() => KindOf(new DyadStory()
        .Me(0, setting: Setting.Family).Them(1, setting: Setting.Family).Me(9).Them(10)).ShouldBe("genuine");

    [Fact]
    public void More_than_half_after_work_is_social() => KindOf(new DyadStory()
        .Both(0, setting: Setting.Social).Both(1, setting: Setting.Social).Me(2)).ShouldBe("social");

    [Fact]
    public void Five_pieces_of_advice_over_three_episodes_are_mentorship() => KindOf(Advised(5)).ShouldBe("mentorship");

    [Fact]
    public void Four_pieces_of_advice_are_none() => KindOf(Advised(4)).ShouldBe("genuine");

    [Fact]
    public void Five_pieces_of_advice_in_one_go_are_none()
    {
        var story = new DyadStory().Me(0);
        for (var piece = 0; piece < 5; piece++) story.Them(1 + piece * 0.1, exchange: Exchange.Advice);
        KindOf(story.Me(30)).ShouldBe("genuine");
    }

    [Fact]
    public void Advice_no_one_answers_is_one_sided() => KindOf(new DyadStory()
        .Them(0, exchange: Exchange.Advice).Them(10, exchange: Exchange.Advice).Them(20, exchange: Exchange.Advice)).ShouldBe("one-sided");

    [Fact]
    public void Gossip_each_way_is_nominal_since_it_weighs_nothing() => KindOf(new DyadStory()
        .Me(0, exchange: Exchange.Gossip).Them(1, exchange: Exchange.Gossip).Me(2, exchange: Exchange.Gossip).Them(
            3, exchange: Exchange.Gossip)).ShouldBe("nominal");

    [Fact]
    public void Sitting_in_the_same_large_mail_is_nominal() =>
        KindOf(new DyadStory().Me(0, recipients: 30).Them(10, recipients: 30).Me(20, recipients: 30)).ShouldBe("nominal");

    private static string KindOf(DyadStory story) => story.Tie(60).Relationship;

    private static DyadStory Advised(int pieces)
    {
        var story = new DyadStory();
        for (var i = 0; i < pieces; i++) story.Me(i * 10).Them(i * 10 + 1, exchange: Exchange.Advice);
        return story;
    }
}

using NetworkGraph.Events.Interactions;
using NetworkGraph.Stories;

namespace NetworkGraph.People.Tests.Habits;

/// <summary>Every archetype as a story about ann, and beside it the near miss that carries nothing.</summary>
public class ArchetypeTests
{
    [Fact]
    public void Forty_cards_and_two_follow_ups_make_a_card_collector()
    {
        var story = Cards(40, followedUp: 2);
        var found = story.Archetypes(200)["card-collector"];
        found.Score.ShouldBeInRange(0.5, 1);
        found.Counts["firstContacts"].ShouldBe(40);
        found.Counts["followedUp"].ShouldBe(2);
        found.Counts["nominalTies"].ShouldBe(38);
        found.Positions.Count.ShouldBe(10);
    }

    [Fact]
    public void Forty_cards_half_of_them_followed_up_do_not() =>
        Cards(40, followedUp: 20).Archetypes(200).ShouldNotContainKey("card-collector");

    [Fact]
    public void Twelve_cards_and_no_follow_up_do_not_since_they_are_few() =>
        Cards(12, followedUp: 0).Archetypes(200).ShouldNotContainKey("card-collector");

    [Fact]
    public void Half_of_all_messages_being_promotion_makes_a_self_promoter()
    {
        var story = Messages(20, i => i % 2 == 0 ? Exchange.Promotion : i % 4 == 1 ? Exchange.Pitch : Exchange.None);
        var found = story.Archetypes(60)["self-promoter"];
        (found.Counts["promotionsAndPitches"], found.Counts["sent"]).ShouldBe((15, 20));
        story.Ids(found).ShouldAllBe(
            id => story.Past.Single(i => i.Id == id).Exchange == Exchange.Promotion
            || story.Past.Single(i => i.Id == id).Exchange == Exchange.Pitch);
    }

    [Fact]
    public void One_promotion_in_ten_does_not() =>
        Messages(20, i => i % 10 == 0 ? Exchange.Promotion : Exchange.None).Archetypes(60).ShouldNotContainKey("self-promoter");

    [Fact]
    public void Asking_strangers_who_do_not_answer_makes_a_demander()
    {
        var story = new HabitStory();
        for (var i = 0; i < 8; i++)
            story.Connect(i * 5, "ann", $"p{i}").Says(i * 5 + 1, "ann", $"p{i}", Exchange.Ask).Says(
                i * 5 + 3, "ann", $"p{i}", Exchange.Ask);
        var found = story.Archetypes(60)["demander"];
        found.Counts["asks"].ShouldBe(16);
        found.Counts["asksBeforeGive"].ShouldBe(16);
        found.Counts["asksOnNewOrUnansweredTies"].ShouldBe(16);
        (found.Counts["tiesAskedFirst"], found.Counts["tiesGaveFirst"]).ShouldBe((8, 0));
    }

    [Fact]
    public void Asking_as_much_after_having_given_does_not()
    {
        var story = new HabitStory();
        for (var i = 0; i < 8; i++)
            story.Talk(i * 5, "ann", $"p{i}", Exchange.Give, Exchange.Thanks).Talk(i * 5 + 40, "ann", $"p{i}", Exchange.Ask).Talk(
                i * 5 + 45, "ann", $"p{i}", Exchange.Ask);
        story.Archetypes(120).ShouldNotContainKey("demander");
    }

    [Fact]
    public void A_third_of_gossip_makes_a_gossip()
    {
        var found = Messages(30, i => i % 3 == 0 ? Exchange.Gossip : Exchange.None).Archetypes(60)["gossip"];
        found.Counts["gossip"].ShouldBe(10);
    }

    [Fact]
    public void A_word_of_gossip_now_and_then_does_not() =>
        Messages(30, i => i % 15 == 0 ? Exchange.Gossip : Exchange.None).Archetypes(60).ShouldNotContainKey("gossip");

    [Fact]
    public void Advice_no_one_asked_for_makes_a_know_it_all() =>
        Messages(30, i => i % 3 == 0 ? Exchange.UnsolicitedAdvice : Exchange.None).Archetypes(
            60)["know-it-all"].Counts["unsolicitedAdvice"].ShouldBe(10);

    [Fact]
    public void Advice_that_was_asked_for_does_not() =>
        Messages(30, i => i % 3 == 0 ? Exchange.Advice : Exchange.None).Archetypes(60).ShouldNotContainKey("know-it-all");

    [Fact]
    public void Six_venues_and_three_new_people_make_a_wallflower()
    {
        var found = Venues(6, metAtEach: i => i < 3 ? 1 : 0).Archetypes(100)["wallflower"];
        (found.Counts["venues"], found.Counts["newPeopleMet"], found.Counts["attendances"]).ShouldBe((6, 3, 6));
        found.Positions.Count.ShouldBe(6);
    }

    [Fact]
    public void Four_new_people_at_each_do_not() => Venues(6, metAtEach: _ => 4).Archetypes(100).ShouldNotContainKey("wallflower");

    [Fact]
    public void A_regular_of_one_place_is_no_wallflower()
    {
        var story = new HabitStory();
        for (var i = 0; i < 20; i++) story.Attend(i * 7, "ann", "club");
        story.Archetypes(150).ShouldNotContainKey("wallflower");
    }

    [Fact]
    public void Accepting_everyone_and_answering_no_one_makes_a_ghost()
    {
        var story = Accepted(12, answers: _ => false);
        var found = story.Archetypes(100)["ghost"];
        (found.Counts["accepted"], found.Counts["received"], found.Counts["answered"]).ShouldBe((12, 12, 0));
    }

    [Fact]
    public void Answering_every_second_does_not() => Accepted(12, answers: i => i % 2 == 0).Archetypes(100).ShouldNotContainKey("ghost");

    [Fact]
    public void Who_has_not_answered_yet_is_no_ghost() => Accepted(12, answers: _ => false).Archetypes(13).ShouldNotContainKey("ghost");

    [Fact]
    public void Asking_everybody_at_once_after_half_a_year_of_silence_makes_a_crisis_networker()
    {
        var story = Crisis(8, after: 200, within: 8);
        var found = story.Archetypes(230)["crisis-networker"];
        (found.Counts["asksInBursts"], found.Counts["asks"]).ShouldBe((8, 8));
        story.Archetypes(230).ShouldNotContainKey("demander");
    }

    [Fact]
    public void The_same_asks_over_a_year_do_not() =>
        Crisis(8, after: 200, within: 400).Archetypes(700).ShouldNotContainKey("crisis-networker");

    [Fact]
    public void The_same_asks_without_silence_before_them_do_not() =>
        Crisis(8, after: 30, within: 8).Archetypes(100).ShouldNotContainKey("crisis-networker");

    [Fact]
    public void Introductions_that_led_to_contact_make_a_connector()
    {
        var story = Introductions(12, ledToContact: 8);
        var found = story.Archetypes(200)["connector"];
        (found.Counts["introductions"], found.Counts["ledToContact"]).ShouldBe((12, 8));
        story.Ids(found).ShouldAllBe(id => story.Past.Single(i => i.Id == id).Kind == InteractionKind.Introduction);
    }

    [Fact]
    public void Introductions_that_led_nowhere_do_not() =>
        Introductions(12, ledToContact: 2).Archetypes(200).ShouldNotContainKey("connector");

    [Fact]
    public void Introducing_those_who_know_each_other_does_not()
    {
        var story = new HabitStory();
        for (var i = 0; i < 12; i++) story.Talk(i, $"a{i}", $"b{i}");
        for (var i = 0; i < 12; i++) story.Introduce(20 + i, "ann", $"a{i}", $"b{i}").Talk(22 + i, $"a{i}", $"b{i}");
        story.Archetypes(200).ShouldNotContainKey("connector");
    }

    [Fact]
    public void Keeping_ties_alive_and_reviving_dormant_ones_makes_a_nurturer()
    {
        var found = Upkeep(kept: 3, revived: 3, lost: 2).Archetypes(1000)["nurturer"];
        (found.Counts["establishedTies"], found.Counts["keptAlive"], found.Counts["revived"], found.Counts["goneDormant"]).ShouldBe(
            (8, 6, 3, 5));
    }

    [Fact]
    public void Who_never_let_a_tie_go_dormant_has_none_to_revive() =>
        Upkeep(kept: 3, revived: 0, lost: 0).Archetypes(1000).ShouldContainKey("nurturer");

    [Fact]
    public void Keeping_some_and_losing_others_for_good_does_not() =>
        Upkeep(kept: 3, revived: 0, lost: 3).Archetypes(1000).ShouldNotContainKey("nurturer");

    [Fact]
    public void Giving_unasked_more_than_asking_makes_a_giver()
    {
        var found = Messages(20, i => i % 2 == 0 ? Exchange.Give : i == 1 ? Exchange.Ask : Exchange.None).Archetypes(60)["giver"];
        (found.Counts["gives"], found.Counts["unaskedGives"], found.Counts["asks"]).ShouldBe((10, 10, 1));
    }

    [Fact]
    public void Giving_only_when_asked_does_not()
    {
        var story = new HabitStory();
        for (var i = 0; i < 12; i++)
            story.Says(i * 2, $"p{i % 3}", "ann", Exchange.Ask).Says(i * 2 + 0.5, "ann", $"p{i % 3}", Exchange.Give);
        story.Archetypes(60).ShouldNotContainKey("giver");
    }

    [Fact]
    public void A_person_with_nine_outgoing_interactions_carries_nothing_and_with_ten_may()
    {
        Messages(9, _ => Exchange.Gossip).Archetypes(60).ShouldBeEmpty();
        Messages(10, _ => Exchange.Gossip).Archetypes(60).Keys.ShouldBe(["gossip"]);
    }

    [Fact]
    public void A_person_can_carry_several() =>
        Messages(30, i => i % 3 == 0 ? Exchange.Gossip : i % 3 == 1 ? Exchange.UnsolicitedAdvice : Exchange.None).Archetypes(
            60).Keys.Order()
            .ShouldBe(["gossip", "know-it-all"]);

    [Fact]
    public void What_lies_longer_back_than_three_years_is_not_held_against_anybody()
    {
        var story = Messages(30, _ => Exchange.Gossip);
        for (var i = 0; i < 30; i++) story.Talk(900 + i, "ann", $"p{i % 3}");
        story.Archetypes(1000).ShouldContainKey("gossip");
        story.Archetypes(1200).ShouldNotContainKey("gossip");
    }

    private static HabitStory Messages(int count, Func<int, Exchange> exchange)
    {
        var story = new HabitStory();
        for (var i = 0; i < count; i++) story.Talk(i, "ann", $"p{i % 3}", exchange(i));
        return story;
    }

    private static HabitStory Cards(int count, int followedUp)
    {
        var story = new HabitStory();
        for (var i = 0; i < count; i++)
        {
            story.Connect(i * 3, "ann", $"p{i}");
            if (i < followedUp) story.Talk(i * 3 + 1, "ann", $"p{i}");
        }
        return story;
    }

    private static HabitStory Venues(int count, Func<int, int> metAtEach)
    {
        var story = new HabitStory();
        for (var i = 0; i < count; i++)
        {
            story.Attend(i * 10, "ann", $"venue {i}").Talk(i * 10 + 5, "ann", "bob");
            for (var met = 0; met < metAtEach(i); met++) story.Meet(i * 10 + 0.1, "ann", $"p{i}-{met}", $"venue {i}");
        }
        return story;
    }

    private static HabitStory Accepted(int count, Func<int, bool> answers)
    {
        var story = new HabitStory();
        for (var i = 0; i < count; i++)
        {
            story.Connect(i * 0.1, $"p{i}", "ann").Says(i * 0.1 + 2, $"p{i}", "ann");
            if (answers(i)) story.Says(i * 0.1 + 3, "ann", $"p{i}", kind: InteractionKind.Reply);
        }
        return story;
    }

    private static HabitStory Crisis(int people, double after, double within)
    {
        var story = new HabitStory();
        for (var i = 0; i < people; i++) story.Talk(0, "ann", $"p{i}").Talk(1, $"p{i}", "ann");
        for (var i = 0; i < people; i++) story.Says(after + within * i / people, "ann", $"p{i}", Exchange.Ask);
        return story;
    }

    private static HabitStory Introductions(int count, int ledToContact)
    {
        var story = new HabitStory();
        for (var i = 0; i < count; i++)
        {
            story.Introduce(i * 5, "ann", $"a{i}", $"b{i}");
            if (i < ledToContact) story.Talk(i * 5 + 2, $"a{i}", $"b{i}");
        }
        return story;
    }

    // Monthly talks; revived ties with a silence of 500 days in the middle; lost ones end after 100 days.
    private static HabitStory Upkeep(int kept, int revived, int lost)
    {
        var story = new HabitStory();
        for (var day = 0; day < 990; day += 30)
        {
            for (var i = 0; i < kept; i++) story.Talk(day, "ann", $"kept{i}");
            for (var i = 0; i < revived; i++)
                if (day is < 150 or > 650) story.Talk(day, "ann", $"revived{i}");
            for (var i = 0; i < lost; i++)
                if (day < 150) story.Talk(day, "ann", $"lost{i}");
        }
        return story;
    }
}

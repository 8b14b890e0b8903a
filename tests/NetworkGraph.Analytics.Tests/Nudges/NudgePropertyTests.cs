using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests.Nudges;

public class NudgePropertyTests
{
    private static readonly PeopleOptions s_options = PeopleOptions.Default;

    [Fact]
    public void A_tie_suggests_the_same_to_a_person_whichever_number_they_have_and_worths_are_products() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Every_threshold_is_validated()
    {
        new NudgeThresholds().Validate().ShouldBeEmpty();
        new NudgeThresholds { FollowUpWorth = 1.5, ReplyWithinDays = double.NaN, PauseFromUnanswered = 1 }.Validate().Select(
            e => e.Split(' ')[0])
            .ShouldBe(["FollowUpWorth", "ReplyWithinDays", "PauseFromUnanswered"], ignoreOrder: true);
        new PeopleOptions { Nudges = new NudgeThresholds { MinWorth = -1 } }.Validate().ShouldHaveSingleItem().ShouldStartWith(
            "Nudges:MinWorth");
    }

    private static void Check(int seed)
    {
        var interactions = TestHistories.Random(seed, count: 60, people: 4);
        var histories = TestHistories.Fold(interactions);
        var turned = TurnedRound(interactions);
        var reader = new DyadReader(histories);
        var turnedReader = new DyadReader(turned);
        foreach (var day in new[] { 40, 60, 130, 400 })
        {
            var asOfMs = TestHistories.StartMs + day * TestHistories.DayMs;
            for (var dyad = 0; dyad < histories.DyadCount; dyad++)
            {
                var (low, high) = histories.PeopleOf(dyad);
                if (low == high) continue;
                var (one, other) = (histories.People.Ids[low], histories.People.Ids[high]);
                turned.People.TryGetNumber(one, out var turnedOne);
                turned.People.TryGetNumber(other, out var turnedOther);
                var same = turned.Find(turnedOne, turnedOther)!.Value;
                var events = reader.Read(dyad, asOfMs).ToArray();
                var nudge = DyadNudges.Of(other, other, events, true, asOfMs, histories.Venues, s_options);
                var again = DyadNudges.Of(
                    other, other, turnedReader.Read(same.Index, asOfMs), same.SelfIsLow, asOfMs, turned.Venues, s_options);
                (again?.Rule, again?.Reason).ShouldBe((nudge?.Rule, nudge?.Reason), $"seed {seed}");
                if (nudge is null) continue;
                nudge.Worth.ShouldBeInRange(s_options.Nudges.MinWorth, 1);
                nudge.Evidence.Parts.Values.ShouldAllBe(part => part >= 0 && part <= 1);
                nudge.Worth.ShouldBe(nudge.Evidence.Parts.Values.Aggregate(1.0, (a, b) => a * b), 1e-12);
                again!.Worth.ShouldBe(nudge.Worth, 1e-9);
                nudge.Evidence.Positions.ShouldAllBe(position => Array.Exists(events, e => e.Position == position));
            }
        }
    }

    /// <summary>The same interactions in a fold where people are numbered the other way round.</summary>
    private static HistoryStore TurnedRound(List<NetworkGraph.Events.Interactions.Interaction> interactions)
    {
        var turned = new HistoryStore();
        for (var person = 3; person >= 0; person--) turned.PersonOf($"p{person}");
        for (var i = 0; i < interactions.Count; i++) turned.Apply(interactions[i], i + 1);
        return turned;
    }
}

using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Tests.Measures;

public class DyadPropertyTests
{
    private static readonly MeasureOptions s_options = MeasureOptions.Default;

    [Fact]
    public void A_tie_is_what_the_definitions_say() => ForAll((story, asOfMs) =>
    {
        var tie = TieOf(story, asOfMs);
        var naive = new NaiveMeasures(story);
        Close(tie.StrengthOut, naive.Strength(Side.Me, asOfMs));
        Close(tie.StrengthIn, naive.Strength(Side.Them, asOfMs));
        Close(tie.Balance, NaiveMeasures.Balance(naive.ContactStrength(Side.Me, asOfMs), naive.ContactStrength(Side.Them, asOfMs)));
        tie.ContactsOut.ShouldBe(naive.Contacts.Count(h => h.By != Side.Them));
        tie.ContactsIn.ShouldBe(naive.Contacts.Count(h => h.By != Side.Me));
        tie.Episodes.ShouldBe(naive.Episodes().Count);
        tie.InteractionsOut.ShouldBe(naive.Count(Side.Me, _ => true));
        tie.InteractionsIn.ShouldBe(naive.Count(Side.Them, _ => true));
        tie.Gives.ShouldBe(new DirectedCount(
            naive.Count(Side.Me, h => h.Exchange is Exchange.Give), naive.Count(Side.Them, h => h.Exchange is Exchange.Give)));
        tie.Asks.ShouldBe(new DirectedCount(
            naive.Count(Side.Me, h => h.Exchange is Exchange.Ask), naive.Count(Side.Them, h => h.Exchange is Exchange.Ask)));
        Close(tie.RhythmDays, (float?)naive.RhythmDays());
        Close(tie.TurnTaking, naive.TurnTaking());
        Close(tie.ReplyHoursOut, naive.ReplyHours(Side.Me));
        Close(tie.ReplyHoursIn, naive.ReplyHours(Side.Them));
        tie.Evidence.Replies.ShouldBe(new DirectedCount(naive.AnswersBy(Side.Me).Count(), naive.AnswersBy(Side.Them).Count()));
        tie.Evidence.Burnt.ShouldBe(naive.Burnt(asOfMs));
        tie.Status.ShouldBe(naive.Status(asOfMs));
        tie.Evidence.Kinds.Values.Sum(c => c.Out).ShouldBe(tie.InteractionsOut);
    });

    [Fact]
    public void The_worth_of_a_dormant_tie_is_what_the_definition_says() => ForAll((story, asOfMs) =>
    {
        var naive = new NaiveMeasures(story);
        if (DyadMeasures.DormantTie("them", DyadStory.EventsOf(story, true), true, asOfMs, 0.25, s_options) is not { } tie)
        {
            naive.Contacts.ShouldBeEmpty();
            return;
        }
        var peak = naive.Peak();
        Close(tie.PeakStrength, peak.Strength);
        Close(tie.Balance, peak.Balance);
        Close(tie.Trust, peak.Strength / (1 + peak.Strength) * (peak.Balance ?? 0) * (tie.Evidence.AsksAnswered + 2.0) / (
            tie.Evidence.Asks + 2.0));
        Close(tie.ReconnectValue, tie.Trust * tie.AnswerProbability);
        tie.ReconnectValue.ShouldBeInRange(0, 1);
    });

    [Fact]
    public void Every_value_is_in_its_range_and_a_number() => ForAll((story, asOfMs) =>
    {
        var detail = DetailOf(story, asOfMs, true);
        detail.StrengthOut.ShouldBeGreaterThanOrEqualTo(0);
        (detail.Balance ?? 0).ShouldBeInRange(0, 1);
        (detail.PersistProbability ?? 0).ShouldBeInRange(0, 1);
        (detail.TurnTaking ?? 0).ShouldBeInRange(0, 1);
        (detail.ReplyHoursIn ?? 1).ShouldBeGreaterThan(0);
        TieNames.Statuses.ShouldContain(detail.Status);
        TieNames.Relationships.ShouldContain(detail.Relationship);
        detail.Ledger.Kinds.Values.ShouldAllBe(line => line.Balance >= 0 && line.Balance <= 1);
        // The writer refuses NaN and infinity.
        JsonSerializer.Serialize(detail).ShouldNotBeEmpty();
    });

    [Fact]
    public void Moving_all_times_moves_the_dates_and_nothing_else() => ForAll((story, asOfMs) =>
    {
        const long MovedMs = 777 * DyadStory.DayMs + 60_000;
        var before = DetailOf(story, asOfMs, true);
        var after = DetailOf([.. story.Select(h => h with { AtMs = h.AtMs + MovedMs })], asOfMs + MovedMs, true);
        after.FirstContact.ShouldBe(before.FirstContact?.AddMilliseconds(MovedMs));
        SameButDates(after, before);
    });

    [Fact]
    public void The_order_of_arrival_does_not_matter() =>
        Prop.ForAll(RandomStories.WithDistinctTimes, story =>
        {
            var asOfMs = story[^1].AtMs + DyadStory.DayMs;
            JsonSerializer.Serialize(DetailOf([.. story.Reverse()], asOfMs, true)).ShouldBe(
                JsonSerializer.Serialize(DetailOf(story, asOfMs, true)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Which_of_the_two_has_the_lower_number_does_not_matter() => ForAll((story, asOfMs) =>
        JsonSerializer.Serialize(DetailOf(story, asOfMs, false)).ShouldBe(JsonSerializer.Serialize(DetailOf(story, asOfMs, true))));

    [Fact]
    public void The_other_sees_the_mirror_image() => ForAll((story, asOfMs) =>
    {
        var mine = DetailOf(story, asOfMs, true);
        var theirs = DyadMeasures.TieDetail("them", DyadStory.EventsOf(story, true), false, asOfMs, s_options).ShouldNotBeNull();
        theirs.StrengthOut.ShouldBe(mine.StrengthIn);
        theirs.StrengthIn.ShouldBe(mine.StrengthOut);
        theirs.Balance.ShouldBe(mine.Balance);
        theirs.InteractionsOut.ShouldBe(mine.InteractionsIn);
        theirs.Gives.ShouldBe(new DirectedCount(mine.Gives.In, mine.Gives.Out));
        theirs.ReplyHoursOut.ShouldBe(mine.ReplyHoursIn);
        theirs.ReplyHoursIn.ShouldBe(mine.ReplyHoursOut);
        Close(theirs.ResponseAsymmetry, -mine.ResponseAsymmetry);
        theirs.TurnTaking.ShouldBe(mine.TurnTaking);
        theirs.Status.ShouldBe(mine.Status);
        theirs.Relationship.ShouldBe(mine.Relationship);
        theirs.PeakStrength.ShouldBe(mine.PeakStrength);
    });

    [Fact]
    public void Heavier_weights_scale_the_strengths_and_leave_the_balance() => ForAll((story, asOfMs) =>
    {
        var heavier = new MeasureOptions
        {
            ContactMinWeight = 0.2 * 7 * (1 - 1e-9),
            Weights = InteractionWeights.Defaults().ToDictionary(w => w.Key, w => w.Value * 7)
        };
        var events = DyadStory.EventsOf(story, true);
        var tie = TieOf(story, asOfMs);
        var scaled = DyadMeasures.Tie("them", events, true, asOfMs, heavier).ShouldNotBeNull();
        Close(scaled.StrengthOut, 7 * tie.StrengthOut);
        Close(scaled.Balance, tie.Balance);
        Close(DyadMeasures.Peak(events, heavier).Strength, 7 * DyadMeasures.Peak(events, s_options).Strength);
    });

    [Fact]
    public void Everything_said_twice_doubles_the_strengths_and_leaves_the_balance() => ForAll((told, asOfMs) =>
    {
        Happened[] story = [.. told.Select(h => h with { ReplyTo = 0 })];
        var tie = TieOf(story, asOfMs);
        var twice = TieOf([.. story, .. story.Select(h => h with { Id = h.Id + 1000 })], asOfMs);
        Close(twice.StrengthOut, 2 * tie.StrengthOut);
        Close(twice.StrengthIn, 2 * tie.StrengthIn);
        Close(twice.Balance, tie.Balance);
        twice.InteractionsOut.ShouldBe(2 * tie.InteractionsOut);
    });

    [Fact]
    public void A_half_life_of_silence_halves_the_strengths_and_leaves_the_balance() => ForAll((story, asOfMs) =>
    {
        var tie = TieOf(story, asOfMs);
        var later = TieOf(story, asOfMs + 180 * DyadStory.DayMs);
        Close(later.StrengthOut, tie.StrengthOut / 2);
        later.Balance.ShouldBe(tie.Balance);
        (later.PersistProbability is null).ShouldBe(tie.PersistProbability is null);
        if (later.PersistProbability is { } then) then.ShouldBeLessThan(tie.PersistProbability!.Value);
    });

    [Fact]
    public void Facts_at_any_landmark_give_the_strengths_of_the_date() => ForAll((story, asOfMs) =>
    {
        var tie = TieOf(story, asOfMs);
        var decay = s_options.DecayAt(DyadStory.StartMs + 400 * DyadStory.DayMs);
        var facts = DyadMeasures.Facts(DyadStory.EventsOf(story, true), decay, s_options);
        Close(facts.StrengthOut * decay.Factor(asOfMs), tie.StrengthOut);
        Close(facts.StrengthIn * decay.Factor(asOfMs), tie.StrengthIn);
        (facts.StrengthOut > 0).ShouldBe(story.Any(h => h.By != Side.Them && NaiveMeasures.WeightOf(h) > 0));
        TieNames.Of(TieStatusRule.Of(in facts, asOfMs, s_options.Status)).ShouldBe(tie.Status);
    });

    private static void ForAll(Action<Happened[], long> holds) =>
        Prop.ForAll(RandomStories.All, Gen.Choose(0, 900 * 24).ToArbitrary(), (story, hoursAfter) =>
            holds(story, story[^1].AtMs + hoursAfter * 3_600_000L))
            .QuickCheckThrowOnFailure();

    private static Tie TieOf(Happened[] story, long asOfMs) =>
        DyadMeasures.Tie("them", DyadStory.EventsOf(story, true), true, asOfMs, s_options).ShouldNotBeNull();

    private static TieDetail DetailOf(Happened[] story, long asOfMs, bool selfIsLow) =>
        DyadMeasures.TieDetail("them", DyadStory.EventsOf(story, selfIsLow), selfIsLow, asOfMs, s_options).ShouldNotBeNull();

    private static void SameButDates(TieDetail after, TieDetail before)
    {
        Close(after.StrengthOut, before.StrengthOut);
        Close(after.StrengthIn, before.StrengthIn);
        Close(after.PeakStrength, before.PeakStrength);
        after.Status.ShouldBe(before.Status);
        after.Relationship.ShouldBe(before.Relationship);
        after.SilenceDays.ShouldBe(before.SilenceDays);
        after.RhythmDays.ShouldBe(before.RhythmDays);
        after.TurnTaking.ShouldBe(before.TurnTaking);
        after.ReplyHoursOut.ShouldBe(before.ReplyHoursOut);
        after.ResponseAsymmetry.ShouldBe(before.ResponseAsymmetry);
        after.Evidence.Replies.ShouldBe(before.Evidence.Replies);
    }

    private static void Close(double? actual, double? expected)
    {
        actual.HasValue.ShouldBe(expected.HasValue);
        if (actual is { } value) value.ShouldBe(expected!.Value, 1e-9 * Math.Max(1, Math.Abs(expected.Value)));
    }
}

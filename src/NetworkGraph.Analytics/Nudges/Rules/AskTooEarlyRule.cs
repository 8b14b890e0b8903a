using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// A pitch or ask that came too early, and nothing given since: the next thing is to give. Worth: certainty of the warning × ½ ×
/// recency (half a month).
/// </summary>
internal sealed class AskTooEarlyRule : IPersonNudgeRule
{
    public string Name => NudgeRules.AskTooEarly;

    public void Add(PersonCase person, List<Nudge> nudges, CancellationToken cancellation)
    {
        var reader = new DyadReader(person.Histories);
        foreach (var warning in person.Warnings)
        {
            if (warning.IsByOther || warning.Person is not { } other || warning.Score < WarningRules.WarnedFromScore) continue;
            if (warning.Name != WarningKind.PrematurePitch.WireName() && warning.Name != WarningKind.Exploitation.WireName()) continue;
            if (person.IsOffLimits(other) || !person.Histories.People.TryGetNumber(other, out var number)) continue;
            if (person.Histories.Find(person.Self, number) is not { } dyad) continue;
            if (nudges.Exists(nudge => nudge.Person == other && nudge.Rule is NudgeRules.AskTooEarly or NudgeRules.StopPushing)) continue;
            if (LastAskWithoutGive(reader.Read(dyad.Index, person.AsOfMs), dyad.SelfIsLow) is not { } ask) continue;
            var ageDays = (person.AsOfMs - ask.AtMs) / TieDecay.DayMs;
            if (ageDays > person.Options.Nudges.HoldBackWithinDays) continue;
            nudges.Add(NudgeText.Make("give-first", other, null, Name,
                NudgeText.Text($"You asked {person.NameOf(other)} for something {person.Ago(ask.AtMs)} and have given nothing since. ")
                    + "Hold the next ask back and give first.",
                [("certainty", warning.Score), ("stake", 0.5), ("recency", NudgeText.Halved(ageDays, 30))], ask.AtMs, [ask.Position],
                    warning.Counts));
        }
    }

    private static DyadEvent? LastAskWithoutGive(ReadOnlySpan<DyadEvent> events, bool selfIsLow)
    {
        for (var i = events.Length - 1; i >= 0; i--)
        {
            ref readonly var happened = ref events[i];
            if (!happened.IsOut(selfIsLow)) continue;
            if (happened.Exchange is Exchange.Give or Exchange.Advice
                || happened.Kind is InteractionKind.Favour or InteractionKind.Referral or InteractionKind.Introduction) return null;
            if (happened.Exchange is Exchange.Ask or Exchange.Pitch) return happened;
        }
        return null;
    }
}

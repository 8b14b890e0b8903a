namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// The person referred somebody and has not heard how it went. Worth: stake × freshness (half in two months, after one).
/// </summary>
internal sealed class ReferralToAskRule : IPersonNudgeRule
{
    public string Name => NudgeRules.ReferralToAsk;

    public void Add(PersonCase person, List<Nudge> nudges, CancellationToken cancellation)
    {
        foreach (var loop in person.Referrals)
        {
            if (loop is not { Open: true, Role: "referrer" } || loop.AgeDays < person.Options.Nudges.ReferralAskAfterDays
                || person.IsOffLimits(loop.Receiver)) continue;
            var madeMs = loop.Made.ToUnixTimeMilliseconds();
            nudges.Add(NudgeText.Make("ask", loop.Receiver, loop.Referred, Name,
                $"You referred {person.NameOf(loop.Receiver)} to {person.NameOf(loop.Referred)} {person.Ago(madeMs)} and have not heard "
                    + $"how it went. Ask.",
                [("stake", person.Options.Nudges.ReferralAskWorth), ("freshness", NudgeText.Halved(loop.AgeDays - 30, 60))], madeMs,
                    loop.Evidence.Positions));
        }
    }
}

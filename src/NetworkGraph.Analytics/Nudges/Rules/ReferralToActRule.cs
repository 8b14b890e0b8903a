namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// The person was referred to somebody and has not been in touch. Worth: stake × freshness (half in two weeks, after two days).
/// </summary>
internal sealed class ReferralToActRule : IPersonNudgeRule
{
    public string Name => NudgeRules.ReferralToAct;

    public void Add(PersonCase person, List<Nudge> nudges, CancellationToken cancellation)
    {
        foreach (var loop in person.Referrals)
        {
            if (loop is not { Open: true, Role: "receiver", Acted: false } || loop.AgeDays > person.Options.Referrals.ActedWithinDays
                || person.IsOffLimits(loop.Referred)) continue;
            var madeMs = loop.Made.ToUnixTimeMilliseconds();
            nudges.Add(NudgeText.Make("contact", loop.Referred, loop.Referrer, Name,
                $"{person.NameOf(loop.Referrer)} referred you to {person.NameOf(loop.Referred)} {person.Ago(madeMs)}, and you have not "
                    + $"been in touch yet.",
                [("stake", person.Options.Nudges.ReferralActWorth), ("freshness", NudgeText.Halved(loop.AgeDays - 2, 14))], madeMs,
                    loop.Evidence.Positions));
        }
    }
}

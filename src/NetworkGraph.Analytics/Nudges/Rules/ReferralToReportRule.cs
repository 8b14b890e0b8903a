namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// The person acted on a referral, and the referrer has not heard of it. Worth: stake × freshness (half in two months, after two
/// weeks).
/// </summary>
internal sealed class ReferralToReportRule : IPersonNudgeRule
{
    public string Name => NudgeRules.ReferralToReport;

    public void Add(PersonCase person, List<Nudge> nudges, CancellationToken cancellation)
    {
        foreach (var loop in person.Referrals)
        {
            if (loop is not { Open: true, Role: "receiver", Acted: true } || person.IsOffLimits(loop.Referrer)) continue;
            var madeMs = loop.Made.ToUnixTimeMilliseconds();
            nudges.Add(NudgeText.Make("report-back", loop.Referrer, loop.Referred, Name,
                $"{person.NameOf(loop.Referrer)} referred you to {person.NameOf(loop.Referred)}, and you got in touch. Tell "
                    + $"{person.NameOf(loop.Referrer)} how it went.",
                [("stake", person.Options.Nudges.ReferralReportWorth),
                    ("freshness", NudgeText.Halved(person.DaysSince(loop.ActedAt) - 14, 60))],
                madeMs, loop.Evidence.Positions));
        }
    }
}

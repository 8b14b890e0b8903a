using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// A dormant tie worth reviving. Worth: answer × trust, with the newness of what they know where it is known.
/// Source: Levin, Walter, Murnighan, "Dormant Ties", 2011.
/// </summary>
internal sealed class DormantTieRule : IPersonNudgeRule
{
    public string Name => NudgeRules.DormantTie;

    public void Add(PersonCase person, List<Nudge> nudges, CancellationToken cancellation)
    {
        foreach (var tie in person.Dormant)
        {
            if (tie.ReconnectValue < person.Options.Nudges.MinWorth || person.IsOffLimits(tie.Person)) continue;
            // What is owed to somebody comes before reviving the tie, and revives it.
            if (nudges.Exists(nudge => nudge.Person == tie.Person)) continue;
            nudges.Add(NudgeText.Make("reconnect", tie.Person, null, Name, Reason(tie, person),
                tie.Newness is { } newness
                    ? [("answer", tie.AnswerProbability), ("trustOrNewness", 1 - (1 - tie.Trust) * (1 - newness))]
                    : [("answer", tie.AnswerProbability), ("trust", tie.Trust)],
                tie.Evidence.LastContact.ToUnixTimeMilliseconds(), [],
                new Dictionary<string, double> { ["silenceDays"] = tie.SilenceDays, ["peakStrength"] = tie.PeakStrength }));
        }
    }

    /// <summary>Says no more than the evidence shows: close only where there were enough episodes and strength.</summary>
    private static string Reason(DormantTie tie, PersonCase person)
    {
        var thresholds = person.Options.Nudges;
        var wereClose = tie.PeakStrength >= thresholds.CloseFromStrength && tie.Episodes >= thresholds.CloseFromEpisodes;
        var past = wereClose
            ? $"You and {person.NameOf(tie.Person)} were close and have been silent for {Elapsed.Days(tie.SilenceDays)}"
            : $"You and {person.NameOf(tie.Person)} have been silent for {Elapsed.Days(tie.SilenceDays)}";
        return tie.Novelty is { } novelty ? NudgeText.Text($"{past}; {novelty:P0} of the people they know are new to you.") : $"{past}.";
    }
}

using NetworkGraph.Engine.Introductions;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// Two contacts who should know each other (<see cref="IntroductionsToMake"/>). Worth: δ × p(first) × p(second) × match.
/// </summary>
internal sealed class IntroductionToMakeRule : IPersonNudgeRule
{
    public string Name => NudgeRules.IntroductionToMake;

    public void Add(PersonCase person, List<Nudge> nudges, CancellationToken cancellation)
    {
        var options = person.Options;
        var hops = new IntroductionOptions
        {
            Hop = person.Hop,
            MinStrength = options.Introductions.MinStrength,
            Delta = options.Delta,
            Constraints = person.Limits,
        };
        var ids = person.Snapshot.Ids;
        var pairs = IntroductionsToMake.Of(
            person.Snapshot, person.Self, contact => person.IsOffLimits(ids[contact]), person.Profiles, hops, options.Nudges, cancellation);
        var made = new MadeIntroductions(person.Histories, person.Self, person.AsOfMs);
        var count = 0;
        foreach (var pair in pairs)
        {
            if (count == options.Nudges.MaxIntroductions) break;
            // Each person is proposed once at most, and whom one has introduced already knows.
            if (nudges.Exists(nudge => nudge.Rule == Name && (IsIn(nudge, ids[pair.First]) || IsIn(nudge, ids[pair.Second])))) continue;
            if (made.Includes(pair.First, pair.Second)) continue;
            nudges.Add(NudgeText.Make("introduce", ids[pair.First], ids[pair.Second], Name,
                $"{person.NameOf(ids[pair.First])} and {person.NameOf(ids[pair.Second])} both serve {pair.Audience}, offer different "
                    + $"things and do not know each other. You know both well.",
                [("first", pair.ToFirst), ("second", pair.ToSecond), ("match", pair.Match), ("delta", options.Delta)], null, []));
            count++;
        }
    }

    private static bool IsIn(Nudge nudge, string person) => nudge.Person == person || nudge.With == person;
}

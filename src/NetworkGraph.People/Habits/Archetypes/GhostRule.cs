namespace NetworkGraph.People.Habits;

/// <summary>Where the archetype ghost begins; shares in (0,1].</summary>
public sealed record GhostThresholds
{
    /// <summary>Ties accepted, and interactions received on them, at the least, before somebody is called a ghost.</summary>
    public int MinAccepted { get; init; } = 5;

    /// <summary>Share of what is received on accepted ties that is answered, below which it is next to nothing.</summary>
    public double AnsweredShare { get; init; } = 0.2;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(MinAccepted, 1, nameof(MinAccepted));
        errors.Share(AnsweredShare, nameof(AnsweredShare));
        return errors.All;
    }
}

/// <summary>Accepts requests, and answers next to nothing of what comes after.</summary>
internal sealed class GhostRule : IArchetypeRule
{
    public ArchetypeKind Kind => ArchetypeKind.Ghost;

    public string Name => "ghost";

    public string Counsel => "Answer those whose request you accepted, if only with a line, or do not accept.";

    public string? Needs => "kind";

    public IReadOnlyList<HabitFact> Facts { get; } = [HabitFact.ReceivedAfterAccept, HabitFact.AnsweredAfterAccept, HabitFact.TiesAccepted];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits)
    {
        var t = habits.Archetypes.Ghost;
        if (Math.Min(counts[HabitFact.TiesAccepted], counts[HabitFact.ReceivedAfterAccept]) < t.MinAccepted) return 0;
        var answered = Degrees.ShareAtMost(
            counts[HabitFact.AnsweredAfterAccept], counts[HabitFact.ReceivedAfterAccept], habits.DoubtStandardErrors);
        return Degrees.AtMost(answered, t.AnsweredShare, habits.Steepness);
    }
}

namespace NetworkGraph.People.Habits;

/// <summary>Where the archetype giver begins; shares in (0,1].</summary>
public sealed record GiverThresholds
{
    /// <summary>Gives at the least before somebody is called a giver.</summary>
    public int MinGives { get; init; } = 5;

    /// <summary>Share of gives in what is sent: one in four. Introductions are the connector's.</summary>
    public double GiveShare { get; init; } = 0.25;

    /// <summary>Share of gives among gives and asks: above a half, they give more than they ask.</summary>
    public double GiveOverAskShare { get; init; } = 0.55;

    /// <summary>Share of gives that were not asked for.</summary>
    public double UnaskedShare { get; init; } = 0.5;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(MinGives, 1, nameof(MinGives));
        errors.Share(GiveShare, nameof(GiveShare));
        errors.Share(GiveOverAskShare, nameof(GiveOverAskShare));
        errors.Share(UnaskedShare, nameof(UnaskedShare));
        return errors.All;
    }
}

/// <summary>Gives often, more than they ask, and mostly unasked.</summary>
internal sealed class GiverRule : IArchetypeRule
{
    public ArchetypeKind Kind => ArchetypeKind.Giver;

    public string Name => "giver";

    public string Counsel => "Keep giving, and ask now and then too: people who owe you would like to return something.";

    public string? Needs => "exchange";

    public IReadOnlyList<HabitFact> Facts { get; } = [
        HabitFact.Gives, HabitFact.UnaskedGives, HabitFact.TiesGaveFirst, HabitFact.TiesAskedFirst, HabitFact.Sent];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits)
    {
        var t = habits.Archetypes.Giver;
        var gives = counts[HabitFact.Gives];
        if (gives < t.MinGives) return 0;
        return ArchetypeRules.Lowest(
            Degrees.AtLeast(Degrees.Share(gives, Math.Max(gives, counts[HabitFact.Sent])), t.GiveShare, habits.Steepness),
            Degrees.AtLeast(Degrees.Share(gives, gives + ArchetypeRules.AllAsks(in counts)), t.GiveOverAskShare, habits.Steepness),
            Degrees.AtLeast(Degrees.Share(counts[HabitFact.UnaskedGives], gives), t.UnaskedShare, habits.Steepness));
    }

    public void AddEvidence(Dictionary<string, double> evidence, in HabitCounts counts, in PersonFacts person) =>
        evidence["asks"] = ArchetypeRules.AllAsks(in counts);
}

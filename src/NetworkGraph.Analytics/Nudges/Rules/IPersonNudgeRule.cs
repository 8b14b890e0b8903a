namespace NetworkGraph.Analytics.Nudges;

/// <summary>What the network suggests to a person. Its file says when, how much it is worth, and why.</summary>
internal interface IPersonNudgeRule
{
    /// <summary>Its name in answers (<see cref="NudgeRules"/>).</summary>
    string Name { get; }

    /// <summary>Adds its suggestions; <paramref name="nudges"/> holds those of the rules before it.</summary>
    void Add(PersonCase person, List<Nudge> nudges, CancellationToken cancellation);
}

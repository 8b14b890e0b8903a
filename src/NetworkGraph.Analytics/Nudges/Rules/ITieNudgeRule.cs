namespace NetworkGraph.Analytics.Nudges;

/// <summary>What one tie by itself suggests to one of its two people. Its file says when, how much it is worth, and why.</summary>
internal interface ITieNudgeRule
{
    /// <summary>Its name in answers (<see cref="NudgeRules"/>).</summary>
    string Name { get; }

    /// <summary>The suggestion; null where there is none, or it is worth too little.</summary>
    Nudge? Of(in TieCase tie);
}

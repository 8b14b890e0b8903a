namespace NetworkGraph.Events.Records;

/// <summary>What a person has done about a nudge. The numbers are stored: never renumber, only add.</summary>
public enum NudgeState : byte
{
    Open = 0,
    Done = 1,
    Snoozed = 2,
    Dismissed = 3,
}

/// <summary>How far a state reaches. The numbers are stored: never renumber, only add.</summary>
public enum NudgeScope : byte
{
    /// <summary>This nudge, until its reason changes.</summary>
    Nudge = 0,

    /// <summary>All nudges about the same person.</summary>
    Person = 1,

    /// <summary>All nudges of the same rule.</summary>
    Rule = 2,
}

/// <summary>A nudge of a person reached another state. The last one of its scope wins.</summary>
public sealed class NudgeChanged : LogRecord
{
    /// <summary>When, Unix ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>Whose nudge it is.</summary>
    public required string Person { get; init; }

    /// <summary>Id of the nudge.</summary>
    public required string Nudge { get; init; }

    /// <summary>Whom the nudge is about.</summary>
    public required string Other { get; init; }

    /// <summary>The rule it came from.</summary>
    public required string Rule { get; init; }

    public required NudgeState State { get; init; }

    public NudgeScope Scope { get; init; }

    /// <summary>Until when it is snoozed, Unix ms; null for other states.</summary>
    public long? UntilMs { get; init; }

    public override bool Names(string person) => Person == person || Other == person;
}

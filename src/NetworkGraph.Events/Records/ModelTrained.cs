namespace NetworkGraph.Events.Records;

/// <summary>What a model foretells. The numbers are stored: never renumber, only add.</summary>
public enum ModelKind : byte
{
    /// <summary>Whether two people have another contact.</summary>
    Persistence = 0,

    /// <summary>Whether a dormant tie comes back.</summary>
    Answer = 1,

    /// <summary>Whether a contact over a tie is answered: what a hop of an introduction path rests on.</summary>
    Hop = 2,

    /// <summary>Whether two people who have had nothing to do with each other will.</summary>
    Connection = 3,
}

/// <summary>
/// A model was learned from what happened before a date. Answers at that date and later use it, until the date of the next; of
/// several records of one kind and date the last one holds. Names nobody.
/// </summary>
public sealed class ModelTrained : LogRecord
{
    public required ModelKind Kind { get; init; }

    /// <summary>The date it was learned up to, Unix ms: the first of a calendar month, UTC.</summary>
    public required long GridMs { get; init; }

    /// <summary>When it was learned, Unix ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>Position of the log that it was learned from.</summary>
    public required long Position { get; init; }

    /// <summary>How many interactions before the date it was learned from; where this changes by much it is learned again.</summary>
    public required long Interactions { get; init; }

    /// <summary>The span of time that its probabilities are about, days.</summary>
    public required int WindowDays { get; init; }

    /// <summary>How many cases it was learned from.</summary>
    public required int Rows { get; init; }

    /// <summary>What the kind's formula takes, in its order.</summary>
    public required double[] Parameters { get; init; }
}

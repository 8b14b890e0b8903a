namespace NetworkGraph.Events.Records;

/// <summary>What was said of two ids. The numbers are stored: never renumber, only add.</summary>
public enum AliasChange : byte
{
    /// <summary>Both are the same person's: an edge that stands until it is split.</summary>
    Merged = 0,

    /// <summary>The edge between the two stands no longer.</summary>
    Split = 1,

    /// <summary>The two are different people's, and are not suggested again.</summary>
    Distinct = 2,
}

/// <summary>Two ids were said to be one person's, or not. Who is who is resolved when the log is folded.</summary>
public sealed class AliasChanged : LogRecord
{
    public required long AtMs { get; init; }

    public required string One { get; init; }

    public required string Other { get; init; }

    public required AliasChange Change { get; init; }

    /// <summary>Of a merge: by which id the person is known from here on; one of the person's ids. Null of anything else.</summary>
    public string? Canonical { get; init; }

    /// <summary>The rule whose suggestion was decided so; null where nothing was suggested.</summary>
    public string? Rule { get; init; }

    /// <summary>
    /// The import that says it, which shows the two to be of one card or account: one of the edge's sources, withdrawn (as a split
    /// that names it) when the import is undone. Null of what was decided.
    /// </summary>
    public string? Batch { get; init; }

    public override bool Names(string person) => One == person || Other == person || Canonical == person;
}

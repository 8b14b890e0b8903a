using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Events.Records;

/// <summary>What one person wishes about another: known to that person and to administrators alone.</summary>
public sealed record Preference
{
    /// <summary>How often to be in touch, days; null where nothing is wished.</summary>
    public double? CadenceDays { get; init; }

    /// <summary>What holds for interactions that state no setting; null for professional.</summary>
    public Setting? Setting { get; init; }

    /// <summary>The person's own words for the other.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The other is in no list of ties and in no nudge.</summary>
    public bool Hidden { get; init; }
}

/// <summary>
/// A person's preference about another, or the cadence of all whom the person gives a tag, from here on. The last one wins.
/// </summary>
public sealed class PreferenceChanged : LogRecord
{
    /// <summary>When, Unix ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>Whose preference it is.</summary>
    public required string Person { get; init; }

    /// <summary>Whom it is about; null for a cadence by tag.</summary>
    public string? Other { get; init; }

    /// <summary>Which tag it is about; null for a preference about a person.</summary>
    public string? Tag { get; init; }

    /// <summary>Null: there is none any more. By tag only the cadence counts.</summary>
    public Preference? Preference { get; init; }

    public override bool Names(string person) => Person == person || Other == person;
}

namespace NetworkGraph.Events.Records;

/// <summary>A person said how one of their ties began, or took that back. The last one about a pair wins.</summary>
public sealed class BeginningStated : LogRecord
{
    /// <summary>When it was said, Unix ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>Who said it.</summary>
    public required string Person { get; init; }

    /// <summary>Whose tie with them it is.</summary>
    public required string Other { get; init; }

    /// <summary>introducedBy, venue, self or unknown; null where it was taken back.</summary>
    public string? How { get; init; }

    /// <summary>Who introduced them; null for anything else.</summary>
    public string? By { get; init; }

    /// <summary>Where they met; null for anything else.</summary>
    public string? Venue { get; init; }

    public override bool Names(string person) => Person == person || Other == person || By == person;
}

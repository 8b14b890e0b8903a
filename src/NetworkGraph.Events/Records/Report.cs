namespace NetworkGraph.Events.Records;

/// <summary>
/// Why one person reports another: a choice and no text, since message text is never stored. The numbers are stored in
/// logs: never change them.
/// </summary>
public enum ReportReason : byte
{
    Other = 0,
    Harassment = 1,

    /// <summary>Goes on after a no.</summary>
    UnwantedContact = 2,
    Spam = 3,
    Fraud = 4,

    /// <summary>Pretends to be somebody else.</summary>
    Impersonation = 5,
    Discrimination = 6,
}

/// <summary>What becomes of a report. The numbers are stored in logs: never change them.</summary>
public enum ReportState : byte
{
    /// <summary>Not looked at yet.</summary>
    Open = 0,
    Reviewing = 1,

    /// <summary>Closed: it was right.</summary>
    Upheld = 2,

    /// <summary>Closed: nothing came of it.</summary>
    Dismissed = 3,
}

/// <summary>A report as it stands. Its state is for the safety role alone; the person it is about never learns of it.</summary>
public sealed record Report
{
    public required string Id { get; init; }

    /// <summary>When it was made, Unix ms.</summary>
    public required long AtMs { get; init; }

    public required string Reporter { get; init; }

    public required string About { get; init; }

    /// <summary>All ids that person had when it was made.</summary>
    public string[] AboutIds { get; init; } = [];

    public required ReportReason Reason { get; init; }

    /// <summary>Ids of the interactions that it rests on, as the reporter gave them.</summary>
    public required string[] Evidence { get; init; }

    public ReportState State { get; init; }

    /// <summary>When it came to its state, Unix ms.</summary>
    public required long StateAtMs { get; init; }

    /// <summary>Where in the log it was made.</summary>
    public required long Position { get; init; }
}

namespace NetworkGraph.Events.Records;

/// <summary>How far an introduction that somebody asked for has come. The numbers are stored: never renumber, only add.</summary>
public enum AskState : byte
{
    /// <summary>Drafted: only the person who asks sees it.</summary>
    Proposed = 0,

    /// <summary>Sent to the first broker, who sees it from here on.</summary>
    Asked = 1,

    /// <summary>The broker will introduce them; the target sees it from here on.</summary>
    Accepted = 2,

    /// <summary>The broker has introduced them.</summary>
    Introduced = 3,

    /// <summary>The broker or the target would rather not.</summary>
    Declined = 4,
}

/// <summary>
/// An introduction asked for along a path was proposed, or reached another state. Each record says all of the ask; the last one
/// of its id wins. No text is kept: the message is drafted anew from the path whenever it is shown.
/// </summary>
public sealed class AskChanged : LogRecord
{
    /// <summary>When, Unix ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>Names the ask.</summary>
    public required string Id { get; init; }

    /// <summary>Who wants to be introduced.</summary>
    public required string From { get; init; }

    /// <summary>To whom.</summary>
    public required string Target { get; init; }

    /// <summary>The people on the path between them, the one to be asked first; at least one.</summary>
    public required string[] Brokers { get; init; }

    public required AskState State { get; init; }

    /// <summary>The path's chance when it was proposed, in [0,1].</summary>
    public required double Score { get; init; }

    public override bool Names(string person) => From == person || Target == person || Array.IndexOf(Brokers, person) >= 0;
}

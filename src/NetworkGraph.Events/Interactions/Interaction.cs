using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Interactions;

/// <summary>One event: who did what towards whom, when, and what moved. Immutable once validated.</summary>
public sealed class Interaction : LogRecord
{
    /// <summary>Idempotency key, 1-128 characters.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened, Unix milliseconds UTC.</summary>
    public required long AtMs { get; init; }

    /// <summary>Who acted.</summary>
    public required string From { get; init; }

    /// <summary>Towards whom; empty only for <see cref="InteractionKind.Attendance"/>.</summary>
    public required string[] To { get; init; }

    public required InteractionKind Kind { get; init; }

    public Exchange Exchange { get; init; }

    public Setting Setting { get; init; }

    public string? Channel { get; init; }

    public string? Venue { get; init; }

    /// <summary>The recurring event that this is an occurrence of.</summary>
    public string? Series { get; init; }

    /// <summary>Id of the interaction that this one answers.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The third person of an introduction, a referral or gossip.</summary>
    public string? About { get; init; }

    /// <summary>Written for this recipient, not from a template; null where the sender did not say.</summary>
    public bool? Personalised { get; init; }

    /// <summary>Of a call or meeting, in seconds.</summary>
    public double? LengthSeconds { get; init; }

    public override bool Names(string person) => From == person || About == person || Array.IndexOf(To, person) >= 0;
}

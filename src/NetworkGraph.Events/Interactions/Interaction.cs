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

    /// <summary>Who says what moved.</summary>
    public ExchangeBy ExchangeBy { get; init; }

    /// <summary>How sure the reader of the text was, 0 to 1; only with <see cref="Interactions.ExchangeBy.Reader"/>.</summary>
    public double? ExchangeConfidence { get; init; }

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

    /// <summary>The import it came with; null for what was sent directly. A source of the interaction and no part of its content.</summary>
    public string? Batch { get; init; }

    /// <summary>The API key that wrote it, by its public id; null where none is known. No part of the content.</summary>
    public string? Key { get; init; }

    /// <summary>Replaces what stood under this id, retracted or not. No part of the content.</summary>
    public bool IsAmendment { get; init; }

    /// <summary>
    /// The recipients that this source named by itself, where <see cref="To"/> is their union with those of earlier
    /// sources; null where it is all of <see cref="To"/>.
    /// </summary>
    public string[]? GivenTo { get; init; }

    public override bool Names(string person) => From == person || About == person || Array.IndexOf(To, person) >= 0;
}

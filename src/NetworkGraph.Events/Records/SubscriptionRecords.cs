namespace NetworkGraph.Events.Records;

/// <summary>A webhook was made, or ended. Its secret is in no record.</summary>
public sealed class SubscriptionChanged : LogRecord
{
    /// <summary>When, Unix ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>Names the subscription.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the key that made it; null where no keys were configured.</summary>
    public string? Key { get; init; }

    /// <summary>Where events are sent.</summary>
    public required string Url { get; init; }

    /// <summary>Wire names of the events it is sent; empty for all.</summary>
    public required string[] Events { get; init; }

    /// <summary>Tells which server's secret signs for it, and so which server sends.</summary>
    public required string Signer { get; init; }

    /// <summary>False where it ends.</summary>
    public required bool IsActive { get; init; }

    public override bool Names(string person) => false;
}

/// <summary>How far a subscription has come: all up to a position was received, or given up.</summary>
public sealed class SubscriptionAdvanced : LogRecord
{
    /// <summary>When, Unix ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>The subscription.</summary>
    public required string Id { get; init; }

    /// <summary>Position of the last record that it need not be sent any more.</summary>
    public required long Position { get; init; }

    /// <summary>Why the event at the position was given up (a dead letter); null where it was received.</summary>
    public string? GivenUp { get; init; }

    public override bool Names(string person) => false;
}

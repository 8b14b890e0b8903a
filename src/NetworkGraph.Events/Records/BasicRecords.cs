using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Events.Records;

/// <summary>A person's profile as it is from here on. The last one wins.</summary>
public sealed class ProfileChanged : LogRecord
{
    public required long AtMs { get; init; }

    public required Profile Profile { get; init; }

    public override bool Names(string person) => Profile.Id == person;
}

/// <summary>One person wants nothing to do with another from here on, or takes that back. The last one wins.</summary>
public sealed class BlockChanged : LogRecord
{
    public required long AtMs { get; init; }

    /// <summary>Who blocks.</summary>
    public required string By { get; init; }

    /// <summary>Who is blocked; never informed of it.</summary>
    public required string Against { get; init; }

    /// <summary>Placed, or else lifted.</summary>
    public required bool IsPlaced { get; init; }

    public override bool Names(string person) => By == person || Against == person;
}

/// <summary>One person reports another to the safety role. Opens a report.</summary>
public sealed class ReportFiled : LogRecord
{
    /// <summary>Made up by the server; says nothing.</summary>
    public required string Id { get; init; }

    public required long AtMs { get; init; }

    /// <summary>Who reports.</summary>
    public required string Reporter { get; init; }

    /// <summary>Who is reported; never informed of it.</summary>
    public required string About { get; init; }

    public required ReportReason Reason { get; init; }

    /// <summary>Ids of the interactions that it rests on.</summary>
    public string[] Evidence { get; init; } = [];

    public override bool Names(string person) => Reporter == person || About == person;
}

/// <summary>The safety role moved a report to another state.</summary>
public sealed class ReportMoved : LogRecord
{
    public required string Id { get; init; }

    public required long AtMs { get; init; }

    public required ReportState State { get; init; }
}

/// <summary>Somebody was erased. Recorded without the identity: how many records became tombstones, and when.</summary>
public sealed class PersonErased : LogRecord
{
    public required long AtMs { get; init; }

    public required long Tombstones { get; init; }

    /// <summary>
    /// Which positions became tombstones, ascending, as long as the log knows: readers of those records forget
    /// them. Not part of the record's bytes.
    /// </summary>
    public IReadOnlyList<long> Positions { get; init; } = [];
}

/// <summary>
/// What is left of an erased record: its place and nothing else. A hash of its id or its content would confirm a guess about it.
/// </summary>
public sealed class Tombstone : LogRecord;

namespace NetworkGraph.Events.Interactions;

/// <summary>What was done. The numbers are stored in the log and in checkpoints: never renumber, only add.</summary>
public enum InteractionKind : byte
{
    Message = 0,
    Reply = 1,
    Meeting = 2,
    Call = 3,
    Connect = 4,
    Accept = 5,
    Decline = 6,
    Reaction = 7,
    Comment = 8,
    Endorsement = 9,
    Introduction = 10,
    Referral = 11,
    Favour = 12,
    Transaction = 13,
    Application = 14,
    Attendance = 15,
}

public static class InteractionKinds
{
    public const int Count = 16;

    /// <summary>A meeting or call of more people than this is kept as attendance: it makes no tie and no dyad.</summary>
    public const int MaxMutualParticipants = 16;

    /// <summary>A call shorter than this, in seconds, is an attempt.</summary>
    public const double ShortestCallSeconds = 60;

    /// <summary>Mutual kinds count in both directions between all their participants.</summary>
    public static bool IsMutual(this InteractionKind kind) => kind is InteractionKind.Meeting or InteractionKind.Call;

    /// <summary>Whether it is mutual between all its participants: a meeting or call that is neither too large nor too short.</summary>
    public static bool IsMutual(this Interaction interaction) =>
        interaction.Kind.IsMutual() && !interaction.IsCallAttempt() && !interaction.IsLargeGathering();

    /// <summary>A call of less than a minute: one-way, from the caller.</summary>
    public static bool IsCallAttempt(this Interaction interaction) =>
        interaction.Kind is InteractionKind.Call && interaction.LengthSeconds < ShortestCallSeconds;

    /// <summary>A meeting or call of so many that it says nothing about any two of them.</summary>
    public static bool IsLargeGathering(this Interaction interaction) =>
        interaction.Kind.IsMutual() && interaction.To.Length + 1 > MaxMutualParticipants;

    /// <summary>Message-like kinds carry something said from one person to another.</summary>
    public static bool IsMessageLike(this InteractionKind kind) => kind is
        InteractionKind.Message or InteractionKind.Reply or InteractionKind.Comment or InteractionKind.Meeting or
        InteractionKind.Call or InteractionKind.Favour or InteractionKind.Referral or InteractionKind.Introduction;
}

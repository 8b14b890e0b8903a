namespace NetworkGraph.People.Habits;

/// <summary>Where each warning begins; how they are put together is said in <see cref="WarningRules"/>.</summary>
public sealed record WarningThresholds
{
    /// <summary>Messages to many before they are called spam: more than twice is a habit.</summary>
    public int SpamFromBlasts { get; init; } = 3;

    /// <summary>Share of recipients who answer, below which messages to many are unanswered.</summary>
    public double SpamAnsweredShare { get; init; } = 0.3;

    /// <summary>Asks of one person from which they can be too many.</summary>
    public int ExploitationFromAsks { get; init; } = 5;

    /// <summary>How many times as many asks as gives are "far more".</summary>
    public double ExploitationAsksPerGive { get; init; } = 4;

    /// <summary>Share of asks in what is sent to that person: a mentee who also talks and thanks exploits nobody.</summary>
    public double ExploitationAskShare { get; init; } = 0.5;

    /// <summary>Transactions and asks from which a tie that has nothing else is transactional.</summary>
    public int TransactionalFrom { get; init; } = 2;

    /// <summary>Reactions from which a tie that has nothing else is superficial.</summary>
    public int SuperficialFromReactions { get; init; } = 1;

    /// <summary>Ties burnt from which bridges are: once is a quarrel, three times are three.</summary>
    public int BurningFromTies { get; init; } = 3;

    /// <summary>Unanswered messages in a row that are a monologue (the contract's).</summary>
    public int MonologueFromRun { get; init; } = 5;

    /// <summary>First contacts from which it can be said that somebody does not follow up.</summary>
    public int NoFollowUpFromContacts { get; init; } = 10;

    /// <summary>Share of first contacts followed up below which that is said.</summary>
    public double NoFollowUpShare { get; init; } = 0.2;

    /// <summary>Attempts after a decline that are unwanted (the contract's).</summary>
    public int AttemptsAfterDecline { get; init; } = 3;

    /// <summary>Unanswered attempts within <see cref="PersistenceDays"/> that are unwanted (the contract's).</summary>
    public int UnansweredAttempts { get; init; } = 8;

    /// <summary>Days within which those attempts lie (the contract's).</summary>
    public double PersistenceDays { get; init; } = 30;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(SpamFromBlasts, 1, nameof(SpamFromBlasts));
        errors.Share(SpamAnsweredShare, nameof(SpamAnsweredShare));
        errors.AtLeast(ExploitationFromAsks, 1, nameof(ExploitationFromAsks));
        errors.Above0(ExploitationAsksPerGive, nameof(ExploitationAsksPerGive));
        errors.Share(ExploitationAskShare, nameof(ExploitationAskShare));
        errors.AtLeast(TransactionalFrom, 1, nameof(TransactionalFrom));
        errors.AtLeast(SuperficialFromReactions, 1, nameof(SuperficialFromReactions));
        errors.AtLeast(BurningFromTies, 1, nameof(BurningFromTies));
        errors.AtLeast(MonologueFromRun, 2, nameof(MonologueFromRun));
        errors.AtLeast(NoFollowUpFromContacts, 1, nameof(NoFollowUpFromContacts));
        errors.Share(NoFollowUpShare, nameof(NoFollowUpShare));
        errors.AtLeast(AttemptsAfterDecline, 1, nameof(AttemptsAfterDecline));
        errors.AtLeast(UnansweredAttempts, 2, nameof(UnansweredAttempts));
        errors.Above0(PersistenceDays, nameof(PersistenceDays));
        return errors.All;
    }
}

namespace NetworkGraph.People.Habits;

/// <summary>Where each warning begins; how they are put together is said in <see cref="WarningRules"/>.</summary>
public sealed record WarningThresholds
{
    /// <summary>People with no contact before, written to within <see cref="SpamWithinDays"/>, from which that is spam (the contract's).</summary>
    public int SpamFromPeople { get; init; } = 20;

    /// <summary>Days within which those people are written to (the contract's).</summary>
    public double SpamWithinDays { get; init; } = 7;

    /// <summary>Share of them who answer in time, below which it is spam (the contract's).</summary>
    public double SpamAnsweredShare { get; init; } = 0.05;

    /// <summary>Asks of one person from which they can be too many.</summary>
    public int ExploitationFromAsks { get; init; } = 5;

    /// <summary>How many times as many asks as gives are "far more".</summary>
    public double ExploitationAsksPerGive { get; init; } = 4;

    /// <summary>Share of asks in what is sent to that person: a mentee who also talks and thanks exploits nobody.</summary>
    public double ExploitationAskShare { get; init; } = 0.5;

    /// <summary>Transactions and asks from which a tie that has nothing else is transactional.</summary>
    public int TransactionalFrom { get; init; } = 2;

    /// <summary>Reactions from which a tie without a contact is superficial (the contract's).</summary>
    public int SuperficialFromReactions { get; init; } = 5;

    /// <summary>Pitches and asks before there were enough contacts, from which they are too early: once is a slip (the contract's).</summary>
    public int PrematureFrom { get; init; } = 2;

    /// <summary>Balance of advice up to which it flows one way.</summary>
    public double AdviceBalanceUpTo { get; init; } = 0.25;

    /// <summary>Share of advice in what the adviser says from which that is what the tie is about: three hints in years of letters make no mentorship.</summary>
    public double AdviceFromShare { get; init; } = 0.4;

    /// <summary>Ties burnt from which bridges are: once is a quarrel, three times are three.</summary>
    public int BurningFromTies { get; init; } = 3;

    /// <summary>Unanswered contacts in a row that make a tie a monologue (the contract's).</summary>
    public int MonologueFromRun { get; init; } = 5;

    /// <summary>Days that such a row spans at the least (the contract's).</summary>
    public double MonologueOverDays { get; init; } = 14;

    /// <summary>How old the last of it is at most, days (the contract's).</summary>
    public double MonologueWithinDays { get; init; } = 90;

    /// <summary>Ties that are monologues from which the person is warned (the contract's).</summary>
    public int MonologueFromTies { get; init; } = 2;

    /// <summary>Share of such ties, of those with at least <see cref="MonologueFromContacts"/> contacts from the person (the contract's).</summary>
    public double MonologueFromShare { get; init; } = 0.3;

    /// <summary>See <see cref="MonologueFromShare"/>.</summary>
    public int MonologueFromContacts { get; init; } = 3;

    /// <summary>First contacts from which it can be said that somebody does not follow up.</summary>
    public int NoFollowUpFromContacts { get; init; } = 10;

    /// <summary>Share of first contacts followed up below which that is said.</summary>
    public double NoFollowUpShare { get; init; } = 0.2;

    /// <summary>Attempts after a decline that are unwanted (the contract's).</summary>
    public int AttemptsAfterDecline { get; init; } = 3;

    /// <summary>Unanswered attempts within <see cref="PersistenceDays"/> that are unwanted (the contract's).</summary>
    public int UnansweredAttempts { get; init; } = 8;

    /// <summary>Days for which the other has not written before those attempts (the contract's).</summary>
    public double PersistenceSilentDays { get; init; } = 180;

    /// <summary>Days within which those attempts lie (the contract's).</summary>
    public double PersistenceDays { get; init; } = 30;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(SpamFromPeople, 1, nameof(SpamFromPeople));
        errors.Above0(SpamWithinDays, nameof(SpamWithinDays));
        errors.AtLeast(PrematureFrom, 1, nameof(PrematureFrom));
        errors.Share(AdviceBalanceUpTo, nameof(AdviceBalanceUpTo));
        errors.Share(AdviceFromShare, nameof(AdviceFromShare));
        errors.Share(SpamAnsweredShare, nameof(SpamAnsweredShare));
        errors.AtLeast(ExploitationFromAsks, 1, nameof(ExploitationFromAsks));
        errors.Above0(ExploitationAsksPerGive, nameof(ExploitationAsksPerGive));
        errors.Share(ExploitationAskShare, nameof(ExploitationAskShare));
        errors.AtLeast(TransactionalFrom, 1, nameof(TransactionalFrom));
        errors.AtLeast(SuperficialFromReactions, 1, nameof(SuperficialFromReactions));
        errors.AtLeast(BurningFromTies, 1, nameof(BurningFromTies));
        errors.AtLeast(MonologueFromRun, 2, nameof(MonologueFromRun));
        errors.Above0(MonologueOverDays, nameof(MonologueOverDays));
        errors.Above0(MonologueWithinDays, nameof(MonologueWithinDays));
        errors.AtLeast(MonologueFromTies, 1, nameof(MonologueFromTies));
        errors.Share(MonologueFromShare, nameof(MonologueFromShare));
        errors.AtLeast(MonologueFromContacts, 1, nameof(MonologueFromContacts));
        errors.Above0(PersistenceSilentDays, nameof(PersistenceSilentDays));
        errors.AtLeast(NoFollowUpFromContacts, 1, nameof(NoFollowUpFromContacts));
        errors.Share(NoFollowUpShare, nameof(NoFollowUpShare));
        errors.AtLeast(AttemptsAfterDecline, 1, nameof(AttemptsAfterDecline));
        errors.AtLeast(UnansweredAttempts, 2, nameof(UnansweredAttempts));
        errors.Above0(PersistenceDays, nameof(PersistenceDays));
        return errors.All;
    }
}

namespace NetworkGraph.People.Habits;

/// <summary>
/// What is counted of a person's behaviour towards one other, within the window. All are sums, so that a person's habits
/// are the sum over their dyads. What went to several at once is counted once, except where it says "tie" or "received".
/// </summary>
public enum HabitFact
{
    /// <summary>Interactions by this person, of any kind; mutual kinds are in <see cref="HabitCounts.MutualShares"/>.</summary>
    Outgoing,

    /// <summary>Message-like interactions towards somebody (mutual kinds apart, since no one knows who said what in them).</summary>
    Sent,
    Promotions,
    Gossips,
    UnsolicitedAdvice,

    /// <summary>Gives, with favours and referrals that do not say what moved; introductions are counted by themselves.</summary>
    Gives,

    /// <summary>Gives that answered no ask of the other's.</summary>
    UnaskedGives,

    /// <summary>Asks, but for those after a long silence: each ask is held against a person once.</summary>
    Asks,

    /// <summary>Of <see cref="Asks"/>: made of somebody they had given nothing before.</summary>
    AsksBeforeGive,

    /// <summary>Of <see cref="Asks"/>: on a tie that is new, or where what they wrote last has no answer.</summary>
    AsksNewOrUnanswered,

    /// <summary>Asks of somebody after a long silence between the two.</summary>
    AsksAfterSilence,

    /// <summary>Ties in which the first ask came before any give by this person.</summary>
    TiesAskedFirst,

    /// <summary>Ties in which a give by this person came before any ask.</summary>
    TiesGaveFirst,

    /// <summary>First contacts that are followed up or can be no more.</summary>
    FirstContacts,
    FirstContactsFollowedUp,

    /// <summary>First contacts at a venue.</summary>
    MetAtVenues,

    /// <summary>Ties with no contact besides the first meeting itself.</summary>
    NominalTies,

    /// <summary>Ties that this person accepted.</summary>
    TiesAccepted,

    /// <summary>What came in on accepted ties, and was answered or had the time to be.</summary>
    ReceivedAfterAccept,
    AnsweredAfterAccept,

    /// <summary>People written to, not by a personal message, with no contact before.</summary>
    ColdTies,

    /// <summary>Ties with enough contacts from this person to tell whether they talk to themselves.</summary>
    TiesWritten,

    /// <summary>Of those: the last contacts in a row, over two weeks or more and not long ago, are unanswered.</summary>
    TiesUnanswered,

    /// <summary>Interactions that say what moved, of either side.</summary>
    SaidExchange,

    /// <summary>Interactions of either side of other kinds than messages and replies.</summary>
    OtherKinds,

    /// <summary>Ties in which both had spoken enough at least as long ago as ties are looked back on.</summary>
    TiesEstablished,

    /// <summary>Of those: never left silent for long, and opened by this person as often as not.</summary>
    TiesKeptAlive,

    /// <summary>Of the established: fallen silent for long enough to be dormant, now or before.</summary>
    TiesGoneDormant,

    /// <summary>Ties this person took up again after they had gone dormant, and the other answered.</summary>
    TiesRevived,

    /// <summary>Of the established: kept alive, or revived and kept alive since.</summary>
    TiesNurtured,

    /// <summary>Ties that this person ended with a decline or a complaint.</summary>
    TiesBurnt,

    /// <summary>Ties in either direction.</summary>
    Connections,

    /// <summary>Balanced and strong ties, not only of large circles: people one could call.</summary>
    CouldCall,

    /// <summary>Introductions made, counted once for each of the two.</summary>
    IntroductionsMade,

    // Ties that carry a warning, in the order of WarningKind. Of unwanted persistence it is the recipient's count.
    WarnedExploitation,
    WarnedTransactional,
    WarnedSuperficial,
    WarnedPrematurePitch,
    WarnedOneWayMentorship,
    WarnedUnwantedPersistence,
}

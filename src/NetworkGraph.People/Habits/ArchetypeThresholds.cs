namespace NetworkGraph.People.Habits;

/// <summary>Where each archetype begins; all shares in (0,1]. How they are put together is said in <see cref="ArchetypeRules"/>.</summary>
public sealed record ArchetypeThresholds
{
    /// <summary>First contacts that are many: about one a month of the window.</summary>
    public int ManyFirstContacts { get; init; } = 30;

    /// <summary>Share of first contacts followed up below which they are few: one in four.</summary>
    public double FewFollowedUpShare { get; init; } = 0.25;

    /// <summary>Share of a person's ties from which many are nominal.</summary>
    public double ManyNominalShare { get; init; } = 0.3;

    /// <summary>Share of promotion and pitch in what is sent: one message in four.</summary>
    public double PromotionShare { get; init; } = 0.25;

    /// <summary>Share of gossip in what is sent.</summary>
    public double GossipShare { get; init; } = 0.15;

    /// <summary>Share of unsolicited advice in what is sent.</summary>
    public double UnsolicitedAdviceShare { get; init; } = 0.15;

    /// <summary>Share of asks in what is sent.</summary>
    public double AskShare { get; init; } = 0.25;

    /// <summary>Share of asks that come before any give to the same person: more often than not.</summary>
    public double AskBeforeGiveShare { get; init; } = 0.5;

    /// <summary>Share of asks on ties that are new or unanswered.</summary>
    public double AskNewOrUnansweredShare { get; init; } = 0.2;

    /// <summary>A tie counts as new for this long after the first contact, days (as the status "new").</summary>
    public double NewTieDays { get; init; } = 30;

    /// <summary>Different venues attended, at the least, before somebody is called a wallflower.</summary>
    public int LeastVenues { get; init; } = 3;

    /// <summary>New people met per venue below which they are few (the contract's).</summary>
    public double NewPeoplePerVenue { get; init; } = 2;

    /// <summary>Ties accepted, and interactions received on them, at the least, before somebody is called a ghost.</summary>
    public int LeastAccepted { get; init; } = 5;

    /// <summary>Share of what is received on accepted ties that is answered, below which it is next to nothing.</summary>
    public double AnsweredShare { get; init; } = 0.2;

    /// <summary>Silence of two people before an ask, days, that makes it one after a long silence: five months.</summary>
    public double LongSilenceDays { get; init; } = 150;

    /// <summary>How close together such asks are a burst, days.</summary>
    public double BurstDays { get; init; } = 14;

    /// <summary>Asks of different people, each after a long silence, that make a burst.</summary>
    public int BurstFromAsks { get; init; } = 3;

    /// <summary>Share of all asks that come in such bursts.</summary>
    public double BurstShare { get; init; } = 0.5;

    /// <summary>Introductions that led to contact, at the least, before somebody is called a connector.</summary>
    public int LeastIntroductions { get; init; } = 3;

    /// <summary>Share of introductions that led to contact.</summary>
    public double IntroductionsLedShare { get; init; } = 0.4;

    /// <summary>How long a tie is established before anything is said of its upkeep, days; also the silence that makes it dormant.</summary>
    public double EstablishedDays { get; init; } = 365;

    /// <summary>Longest silence of a tie that is kept alive, days: once a quarter, with a month's grace.</summary>
    public double KeptAliveDays { get; init; } = 120;

    /// <summary>Share of a tie's conversations a person opens from which it is also they who keep it alive.</summary>
    public double OpensShare { get; init; } = 0.34;

    /// <summary>Days of silence after which the next word opens a new conversation.</summary>
    public double ConversationDays { get; init; } = 7;

    /// <summary>Nurtured ties, and revived ones, at the least; three times is a habit.</summary>
    public int LeastNurtured { get; init; } = 3;

    /// <summary>See <see cref="LeastNurtured"/>.</summary>
    public int LeastRevived { get; init; } = 3;

    /// <summary>Share of established ties that are nurtured, of somebody who revives ties: one in four lives on.</summary>
    public double NurturedShare { get; init; } = 0.25;

    /// <summary>The same of somebody who never let a tie go dormant: nearly all.</summary>
    public double NurturedShareUnrevived { get; init; } = 0.9;

    /// <summary>Gives at the least before somebody is called a giver.</summary>
    public int LeastGives { get; init; } = 5;

    /// <summary>Share of gives in what is sent: one in four. Introductions are the connector's.</summary>
    public double GiveShare { get; init; } = 0.25;

    /// <summary>Share of gives among gives and asks: above a half, they give more than they ask.</summary>
    public double GiveOverAskShare { get; init; } = 0.55;

    /// <summary>Share of gives that nobody had asked for.</summary>
    public double UnaskedShare { get; init; } = 0.5;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(ManyFirstContacts, 1, nameof(ManyFirstContacts));
        errors.Share(FewFollowedUpShare, nameof(FewFollowedUpShare));
        errors.Share(ManyNominalShare, nameof(ManyNominalShare));
        errors.Share(PromotionShare, nameof(PromotionShare));
        errors.Share(GossipShare, nameof(GossipShare));
        errors.Share(UnsolicitedAdviceShare, nameof(UnsolicitedAdviceShare));
        errors.Share(AskShare, nameof(AskShare));
        errors.Share(AskBeforeGiveShare, nameof(AskBeforeGiveShare));
        errors.Share(AskNewOrUnansweredShare, nameof(AskNewOrUnansweredShare));
        errors.Above0(NewTieDays, nameof(NewTieDays));
        errors.AtLeast(LeastVenues, 1, nameof(LeastVenues));
        errors.Above0(NewPeoplePerVenue, nameof(NewPeoplePerVenue));
        errors.AtLeast(LeastAccepted, 1, nameof(LeastAccepted));
        errors.Share(AnsweredShare, nameof(AnsweredShare));
        errors.Above0(LongSilenceDays, nameof(LongSilenceDays));
        errors.Above0(BurstDays, nameof(BurstDays));
        errors.AtLeast(BurstFromAsks, 2, nameof(BurstFromAsks));
        errors.Share(BurstShare, nameof(BurstShare));
        errors.AtLeast(LeastIntroductions, 1, nameof(LeastIntroductions));
        errors.Share(IntroductionsLedShare, nameof(IntroductionsLedShare));
        errors.Above0(EstablishedDays, nameof(EstablishedDays));
        errors.Above0(KeptAliveDays, nameof(KeptAliveDays));
        errors.Share(OpensShare, nameof(OpensShare));
        errors.Above0(ConversationDays, nameof(ConversationDays));
        errors.AtLeast(LeastNurtured, 1, nameof(LeastNurtured));
        errors.AtLeast(LeastRevived, 1, nameof(LeastRevived));
        errors.Share(NurturedShare, nameof(NurturedShare));
        errors.Share(NurturedShareUnrevived, nameof(NurturedShareUnrevived));
        errors.AtLeast(LeastGives, 1, nameof(LeastGives));
        errors.Share(GiveShare, nameof(GiveShare));
        errors.Share(GiveOverAskShare, nameof(GiveOverAskShare));
        errors.Share(UnaskedShare, nameof(UnaskedShare));
        return errors.All;
    }
}

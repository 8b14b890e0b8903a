namespace NetworkGraph.People.Measures;

/// <summary>Where one kind of relationship ends and the next begins. Shares and balances in [0,1].</summary>
public sealed record RelationshipThresholds
{
    /// <summary>Share of interactions in a family (or social) setting above which the tie is one: the greater part.</summary>
    public double SettingAboveShare { get; init; } = 0.5;

    /// <summary>Share of transactions, applications, asks, pitches and promotions from which a tie is transactional.</summary>
    public double TransactionalFromShare { get; init; } = 0.8;

    /// <summary>Pieces of advice one way from which a tie can be a mentorship.</summary>
    public int MentorshipFromAdvice { get; init; } = 3;

    /// <summary>Share of advice in what the adviser says from which a tie can be a mentorship: three hints in years of letters make none.</summary>
    public double MentorshipFromAdviceShare { get; init; } = 0.4;

    /// <summary>Balance of advice up to which it flows one way.</summary>
    public double MentorshipAdviceBalanceUpTo { get; init; } = 0.25;

    /// <summary>Balance from which two people are mutual: the "people one could call" of the vanity gap.</summary>
    public double MutualFromBalance { get; init; } = 0.4;

    /// <summary>Message-like interactions each way from which a mutual tie is genuine: they answered each other more than once.</summary>
    public int GenuineFromMessagesEachWay { get; init; } = 2;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Share(SettingAboveShare, nameof(SettingAboveShare));
        Share(TransactionalFromShare, nameof(TransactionalFromShare));
        Share(MentorshipFromAdviceShare, nameof(MentorshipFromAdviceShare));
        Share(MentorshipAdviceBalanceUpTo, nameof(MentorshipAdviceBalanceUpTo));
        Share(MutualFromBalance, nameof(MutualFromBalance));
        AtLeast1(MentorshipFromAdvice, nameof(MentorshipFromAdvice));
        AtLeast1(GenuineFromMessagesEachWay, nameof(GenuineFromMessagesEachWay));
        return errors;

        void Share(double value, string name)
        {
            if (!(value is >= 0 and <= 1)) errors.Add($"{name} is {value}; it must lie between 0 and 1");
        }

        void AtLeast1(int value, string name)
        {
            if (value < 1) errors.Add($"{name} is {value}; it must be at least 1");
        }
    }
}

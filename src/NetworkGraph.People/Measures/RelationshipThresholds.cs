namespace NetworkGraph.People.Measures;

/// <summary>Where one kind of relationship ends and the next begins. Shares and balances in [0,1].</summary>
public sealed record RelationshipThresholds
{
    /// <summary>Share of contacts in a family (or social) setting above which the tie is one: the greater part.</summary>
    public double SettingAboveShare { get; init; } = 0.5;

    /// <summary>Share of transactions, applications, pitches and asks from which a tie is transactional.</summary>
    public double TransactionalFromShare { get; init; } = 0.8;

    /// <summary>Pieces of advice one way from which a tie is a mentorship.</summary>
    public int MentorshipFromAdvice { get; init; } = 5;

    /// <summary>Episodes over which that advice is spread, at the least.</summary>
    public int MentorshipFromEpisodes { get; init; } = 3;

    /// <summary>Balance from which two people are mutual: the "people one could call" of the vanity gap.</summary>
    public double MutualFromBalance { get; init; } = 0.4;

    /// <summary>Episodes of contacts from which a tie with contacts both ways is genuine: they sought each other out again.</summary>
    public int GenuineFromEpisodes { get; init; } = 2;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Share(SettingAboveShare, nameof(SettingAboveShare));
        Share(TransactionalFromShare, nameof(TransactionalFromShare));
        Share(MutualFromBalance, nameof(MutualFromBalance));
        AtLeast1(MentorshipFromAdvice, nameof(MentorshipFromAdvice));
        AtLeast1(MentorshipFromEpisodes, nameof(MentorshipFromEpisodes));
        AtLeast1(GenuineFromEpisodes, nameof(GenuineFromEpisodes));
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

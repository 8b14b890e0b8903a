namespace NetworkGraph.People.Referrals;

/// <summary>Until when referrals and introductions can come to something, days.</summary>
public sealed record ReferralThresholds
{
    public static ReferralThresholds Default { get; } = new();

    /// <summary>A referral is acted on where receiver and referred person interact this soon after it.</summary>
    public double ActedWithinDays { get; init; } = 30;

    /// <summary>
    /// A loop that is not closed by then counts as open no longer: no one waits to hear of a referral of half a year ago.
    /// </summary>
    public double OpenForDays { get; init; } = 180;

    /// <summary>
    /// An introduction led to contact where the two interact this soon after it: longer than a referral, since neither of
    /// the two had a reason of their own to hurry.
    /// </summary>
    public double IntroductionLedWithinDays { get; init; } = 90;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Days(ActedWithinDays, nameof(ActedWithinDays));
        Days(OpenForDays, nameof(OpenForDays));
        Days(IntroductionLedWithinDays, nameof(IntroductionLedWithinDays));
        if (OpenForDays < ActedWithinDays)
            errors.Add($"{nameof(OpenForDays)} is below {nameof(ActedWithinDays)}; a loop is open for as long as it can be acted on");
        return errors;

        void Days(double value, string name)
        {
            if (value is not (> 0 and <= 36_500)) errors.Add($"{name} is {value}; it must lie above 0 and be at most 36500");
        }
    }
}

namespace NetworkGraph.People.Nudges;

/// <summary>When a nudge is given, and what each is worth at most. Worths in [0,1], durations in days.</summary>
public sealed record NudgeThresholds
{
    /// <summary>A nudge worth less is left out: it would only distract from the others.</summary>
    public double MinWorth { get; init; } = 0.02;

    /// <summary>What following up a first contact is worth while it is fresh.</summary>
    public double FollowUpWorth { get; init; } = 0.85;

    /// <summary>For how long an answer can be owed.</summary>
    public double ReplyWithinDays { get; init; } = 30;

    /// <summary>A message to more people than this asks none of them in particular.</summary>
    public int ReplyUpToRecipients { get; init; } = 3;

    /// <summary>What answering a question is worth at least while it is fresh.</summary>
    public double AnswerWorth { get; init; } = 0.7;

    /// <summary>For how long thanks are due.</summary>
    public double ThankWithinDays { get; init; } = 14;

    /// <summary>What thanking for help is worth while it is fresh.</summary>
    public double ThankWorth { get; init; } = 0.7;

    /// <summary>What getting in touch with somebody one was referred to is worth while it is fresh.</summary>
    public double ReferralActWorth { get; init; } = 0.8;

    /// <summary>What telling the referrer how it went is worth while it is fresh.</summary>
    public double ReferralReportWorth { get; init; } = 0.7;

    /// <summary>What asking how a referral of one's own went is worth.</summary>
    public double ReferralAskWorth { get; init; } = 0.3;

    /// <summary>How long a referrer waits before asking.</summary>
    public double ReferralAskAfterDays { get; init; } = 14;

    /// <summary>Unanswered messages in a row after which to stop.</summary>
    public int PauseFromUnanswered { get; init; } = 3;

    /// <summary>For how long after the last of them, or after an ask that came too early, there is something to hold back.</summary>
    public double HoldBackWithinDays { get; init; } = 60;

    /// <summary>How likely an introduction must pass to each of two people to introduce them.</summary>
    public double IntroduceFromProbability { get; init; } = 0.3;

    /// <summary>The peak strength √(c_uv·c_vu) from which two people are said to have been close.</summary>
    public double CloseFromStrength { get; init; } = 3;

    /// <summary>Episodes of contacts from which they are.</summary>
    public int CloseFromEpisodes { get; init; } = 3;

    /// <summary>Introductions that are proposed at once.</summary>
    public int MaxIntroductions { get; init; } = 5;

    /// <summary>What being in touch with somebody is worth who is to be kept in touch with by a cadence.</summary>
    public double LosingTouchWorth { get; init; } = 0.9;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Share(MinWorth, nameof(MinWorth));
        Share(FollowUpWorth, nameof(FollowUpWorth));
        Share(AnswerWorth, nameof(AnswerWorth));
        Share(ThankWorth, nameof(ThankWorth));
        Share(ReferralActWorth, nameof(ReferralActWorth));
        Share(ReferralReportWorth, nameof(ReferralReportWorth));
        Share(ReferralAskWorth, nameof(ReferralAskWorth));
        Share(LosingTouchWorth, nameof(LosingTouchWorth));
        Share(IntroduceFromProbability, nameof(IntroduceFromProbability));
        Days(ReplyWithinDays, nameof(ReplyWithinDays));
        Days(ThankWithinDays, nameof(ThankWithinDays));
        Days(ReferralAskAfterDays, nameof(ReferralAskAfterDays));
        Days(HoldBackWithinDays, nameof(HoldBackWithinDays));
        AtLeast(ReplyUpToRecipients, 1, nameof(ReplyUpToRecipients));
        AtLeast(PauseFromUnanswered, 2, nameof(PauseFromUnanswered));
        AtLeast(MaxIntroductions, 0, nameof(MaxIntroductions));
        AtLeast(CloseFromEpisodes, 1, nameof(CloseFromEpisodes));
        if (!(double.IsFinite(CloseFromStrength) && CloseFromStrength > 0))
            errors.Add($"{nameof(CloseFromStrength)} is {CloseFromStrength}; it must be a finite number above 0");
        return errors;

        void Share(double value, string name)
        {
            if (!(value is >= 0 and <= 1)) errors.Add($"{name} is {value}; it must lie between 0 and 1");
        }

        void Days(double value, string name)
        {
            if (value is not (> 0 and <= 36_500)) errors.Add($"{name} is {value}; it must lie above 0 and be at most 36500");
        }

        void AtLeast(int value, int least, string name)
        {
            if (value < least) errors.Add($"{name} is {value}; it must be at least {least}");
        }
    }
}

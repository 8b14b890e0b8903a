namespace NetworkGraph.Engine.Ties;

/// <summary>Where the statuses of a dyad begin and end. Durations in days.</summary>
public sealed record StatusThresholds
{
    public static StatusThresholds Default { get; } = new();

    /// <summary>A dyad whose first contact is at most this old is new.</summary>
    public double NewWithinDays { get; init; } = 30;

    /// <summary>Contacts each way from which a quiet dyad is dormant rather than lapsed.</summary>
    public int DormantContactsEachWay { get; init; } = 3;

    /// <summary>Episodes of contacts from which a quiet dyad is dormant rather than lapsed.</summary>
    public int DormantEpisodes { get; init; } = 2;

    /// <summary>Silence in rhythms after which a dyad has gone quiet, between the two bounds that follow.</summary>
    public double QuietAfterRhythms { get; init; } = 8;

    /// <summary>However fast its rhythm, no dyad has gone quiet before.</summary>
    public double QuietMinDays { get; init; } = 180;

    /// <summary>However slow its rhythm, every dyad has gone quiet after this.</summary>
    public double QuietMaxDays { get; init; } = 1095;

    /// <summary>Silence after which a dyad without a rhythm has gone quiet.</summary>
    public double QuietWithoutRhythmDays { get; init; } = 365;

    /// <summary>Silence in rhythms after which a dyad is cooling, between the two bounds that follow.</summary>
    public double CoolingAfterRhythms { get; init; } = 3;

    /// <summary>However fast its rhythm, no dyad is cooling before.</summary>
    public double CoolingMinDays { get; init; } = 30;

    /// <summary>However slow its rhythm, every dyad is cooling after this.</summary>
    public double CoolingMaxDays { get; init; } = 550;

    /// <summary>Silence after which a dyad without a rhythm is cooling.</summary>
    public double CoolingWithoutRhythmDays { get; init; } = 60;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        NotNegative(NewWithinDays, nameof(NewWithinDays));
        NotNegative(QuietAfterRhythms, nameof(QuietAfterRhythms));
        NotNegative(QuietMinDays, nameof(QuietMinDays));
        NotNegative(QuietMaxDays, nameof(QuietMaxDays));
        NotNegative(QuietWithoutRhythmDays, nameof(QuietWithoutRhythmDays));
        NotNegative(CoolingAfterRhythms, nameof(CoolingAfterRhythms));
        NotNegative(CoolingMinDays, nameof(CoolingMinDays));
        NotNegative(CoolingMaxDays, nameof(CoolingMaxDays));
        NotNegative(CoolingWithoutRhythmDays, nameof(CoolingWithoutRhythmDays));
        if (DormantContactsEachWay < 1) errors.Add($"{nameof(DormantContactsEachWay)} is {DormantContactsEachWay}; it must be at least 1");
        if (DormantEpisodes < 1) errors.Add($"{nameof(DormantEpisodes)} is {DormantEpisodes}; it must be at least 1");
        Ordered(QuietMinDays, QuietMaxDays, nameof(QuietMinDays), nameof(QuietMaxDays));
        Ordered(CoolingMinDays, CoolingMaxDays, nameof(CoolingMinDays), nameof(CoolingMaxDays));
        CoolsFirst(CoolingAfterRhythms, QuietAfterRhythms, nameof(CoolingAfterRhythms), nameof(QuietAfterRhythms));
        CoolsFirst(CoolingMinDays, QuietMinDays, nameof(CoolingMinDays), nameof(QuietMinDays));
        CoolsFirst(CoolingMaxDays, QuietMaxDays, nameof(CoolingMaxDays), nameof(QuietMaxDays));
        CoolsFirst(CoolingWithoutRhythmDays, QuietWithoutRhythmDays, nameof(CoolingWithoutRhythmDays), nameof(QuietWithoutRhythmDays));
        return errors;

        void NotNegative(double value, string name)
        {
            if (!(double.IsFinite(value) && value >= 0)) errors.Add($"{name} is {value}; it must be a finite number, 0 or more");
        }

        void Ordered(double low, double high, string lowName, string highName)
        {
            if (low > high) errors.Add($"{lowName} is above {highName}");
        }

        void CoolsFirst(double cooling, double quiet, string coolingName, string quietName)
        {
            if (cooling > quiet) errors.Add($"{coolingName} is above {quietName}; a dyad cools before it goes quiet");
        }
    }
}

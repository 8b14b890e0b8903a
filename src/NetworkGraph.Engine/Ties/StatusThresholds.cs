namespace NetworkGraph.Engine.Ties;

/// <summary>Where the statuses of a dyad begin and end. Durations in days, probabilities in [0,1].</summary>
public sealed record StatusThresholds
{
    public static StatusThresholds Default { get; } = new();

    /// <summary>A dyad whose first contact is at most this old is new.</summary>
    public double NewWithinDays { get; init; } = 30;

    /// <summary>Message-like interactions each way from which a quiet dyad is dormant rather than lapsed.</summary>
    public int DormantMessagesEachWay { get; init; } = 3;

    /// <summary>Silence after which a dyad has gone quiet, whatever its rhythm.</summary>
    public double QuietAfterDays { get; init; } = 365;

    /// <summary>The same in median gaps; the longer of the two holds.</summary>
    public double QuietAfterGaps { get; init; } = 8;

    /// <summary>Below this P(persist) a dyad has gone quiet too.</summary>
    public double QuietBelowProbability { get; init; } = 0.1;

    /// <summary>Silence after which a dyad is cooling, whatever its rhythm.</summary>
    public double CoolingAfterDays { get; init; } = 30;

    /// <summary>The same in median gaps; the longer of the two holds.</summary>
    public double CoolingAfterGaps { get; init; } = 3;

    /// <summary>Below this P(persist) a dyad is cooling too.</summary>
    public double CoolingBelowProbability { get; init; } = 0.4;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        NotNegative(NewWithinDays, nameof(NewWithinDays));
        NotNegative(QuietAfterDays, nameof(QuietAfterDays));
        NotNegative(QuietAfterGaps, nameof(QuietAfterGaps));
        NotNegative(CoolingAfterDays, nameof(CoolingAfterDays));
        NotNegative(CoolingAfterGaps, nameof(CoolingAfterGaps));
        Share(QuietBelowProbability, nameof(QuietBelowProbability));
        Share(CoolingBelowProbability, nameof(CoolingBelowProbability));
        if (DormantMessagesEachWay < 1) errors.Add($"{nameof(DormantMessagesEachWay)} is {DormantMessagesEachWay}; it must be at least 1");
        if (CoolingAfterDays > QuietAfterDays) errors.Add($"{nameof(CoolingAfterDays)} is above {nameof(QuietAfterDays)}; a dyad cools before it goes quiet");
        if (CoolingAfterGaps > QuietAfterGaps) errors.Add($"{nameof(CoolingAfterGaps)} is above {nameof(QuietAfterGaps)}; a dyad cools before it goes quiet");
        if (QuietBelowProbability > CoolingBelowProbability)
            errors.Add($"{nameof(QuietBelowProbability)} is above {nameof(CoolingBelowProbability)}; a dyad cools before it goes quiet");
        return errors;

        void NotNegative(double value, string name)
        {
            if (!(double.IsFinite(value) && value >= 0)) errors.Add($"{name} is {value}; it must be a finite number, 0 or more");
        }

        void Share(double value, string name)
        {
            if (!(value is >= 0 and <= 1)) errors.Add($"{name} is {value}; it must lie between 0 and 1");
        }
    }
}

using System.Text.Json.Serialization;
using NetworkGraph.Engine.Statistics;

namespace NetworkGraph.People.Measures;

/// <summary>How many of how many, as a share, with how sure that is. The three numbers are null where it is of none.</summary>
[GenerateSerializer, Immutable]
public sealed record Proportion
{
    /// <summary>In how many it happened so far.</summary>
    [Id(0)] public required int Count { get; init; }

    /// <summary>Of how many, those among them that still have time.</summary>
    [Id(1)] public required int Of { get; init; }

    /// <summary>
    /// The share, in [0,1]: Count / Of where all are decided, else the Kaplan-Meier estimate, in which a case that still has
    /// time counts for as long as it was watched.
    /// </summary>
    [Id(2)] public required double? Value { get; init; }

    /// <summary>Lower 95 % bound of the share (Wilson; for an estimate with as many cases as it is worth).</summary>
    [Id(3)] public required double? Low { get; init; }

    /// <summary>Upper 95 % bound of the share.</summary>
    [Id(4)] public required double? High { get; init; }

    /// <summary>How many decided cases the share is worth.</summary>
    [JsonIgnore]
    [Id(5)] public double Cases { get; init; }

    /// <summary>A share of which all cases are decided.</summary>
    public static Proportion Share(int count, int of)
    {
        if (of == 0) return new Proportion { Count = count, Of = of, Value = null, Low = null, High = null };
        var bounds = WilsonInterval.Of(count, of);
        return new Proportion { Count = count, Of = of, Value = (double)count / of, Low = bounds.Low, High = bounds.High, Cases = of };
    }

    /// <summary>A share of which some cases still have time.</summary>
    public static Proportion Timed(int count, int of, TimedShare? share) => new()
    {
        Count = count,
        Of = of,
        Value = share?.Value,
        Low = share?.Low,
        High = share?.High,
        Cases = share?.Cases ?? 0,
    };

    /// <summary>Several shares of different cases as one, each by the cases it is worth.</summary>
    public static Proportion Together(IReadOnlyCollection<Proportion> shares)
    {
        var (count, of, cases, sum) = (0, 0, 0d, 0d);
        foreach (var share in shares)
        {
            count += share.Count;
            of += share.Of;
            if (share.Value is not { } value) continue;
            cases += share.Cases;
            sum += value * share.Cases;
        }
        if (cases == 0) return new Proportion { Count = count, Of = of, Value = null, Low = null, High = null };
        var bounds = WilsonInterval.Of(sum, cases);
        return new Proportion { Count = count, Of = of, Value = sum / cases, Low = bounds.Low, High = bounds.High, Cases = cases };
    }
}

namespace NetworkGraph.People.Measures;

/// <summary>How mutual a person's ties are taken together; null where nothing was put in or nothing came.</summary>
[GenerateSerializer, Immutable]
public sealed record EgoReciprocity
{
    [Id(0)] public required string Person { get; init; }

    /// <summary>Σ min(c_ij, c_ji)/Σ c_ij: share of what I put in that comes back, in [0,1].</summary>
    [Id(1)] public required double? Returned { get; init; }

    /// <summary>Σ min(c_ij, c_ji)/Σ c_ji: share of what I get that I return, in [0,1].</summary>
    [Id(2)] public required double? Given { get; init; }

    /// <summary>
    /// 2·Σ min/(Σ c_ij + Σ c_ji) in [0,1], the harmonic mean of the two and the mean of the ties' balances weighted by
    /// their strength; null without contacts. Taking from one person is not made good by giving to another.
    /// </summary>
    [Id(3)] public required double? Balance { get; init; }

    /// <summary>Dyads tied in either direction.</summary>
    [Id(4)] public required int Ties { get; init; }

    /// <summary>Dyads with contacts in both directions.</summary>
    [Id(5)] public required int MutualTies { get; init; }

    /// <summary>Over all dyads; an interaction counts towards each of its recipients.</summary>
    [Id(6)] public required ExchangeLedger Ledger { get; init; }

    /// <summary>Ties in which this person asked before they gave anything.</summary>
    [Id(7)] public required int TiesAskedFirst { get; init; }

    /// <summary>Ties in which this person gave before they asked for anything.</summary>
    [Id(8)] public required int TiesGaveFirst { get; init; }

    [Id(9)] public required EgoReciprocityEvidence Evidence { get; init; }

    [Id(10)] public required DateTimeOffset AsOf { get; init; }
}

/// <summary>The sums behind an <see cref="EgoReciprocity"/>: strengths at its date, counts over all dyads.</summary>
[GenerateSerializer, Immutable]
public sealed record EgoReciprocityEvidence
{
    [Id(0)] public required double StrengthOut { get; init; }

    [Id(1)] public required double StrengthIn { get; init; }

    /// <summary>Σ min(c_ij, c_ji).</summary>
    [Id(2)] public required double StrengthReciprocated { get; init; }

    /// <summary>Dyads with any interaction, also of weight 0.</summary>
    [Id(3)] public required int Dyads { get; init; }

    [Id(4)] public required DateTimeOffset? FirstContact { get; init; }

    [Id(5)] public required DateTimeOffset? LastContact { get; init; }
}

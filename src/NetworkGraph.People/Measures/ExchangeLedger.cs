namespace NetworkGraph.People.Measures;

/// <summary>A count in each direction, seen from one person. A mutual interaction counts in both.</summary>
[GenerateSerializer, Immutable]
public readonly record struct DirectedCount(int Out, int In);

/// <summary>
/// How often something went out and came in; balance = 2·min/(out + in) of these counts, in [0,1]; null where there are none.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record LedgerLine
{
    [Id(0)] public required int Out { get; init; }

    [Id(1)] public required int In { get; init; }

    [Id(2)] public required double? Balance { get; init; }
}

/// <summary>One kind of interaction: how often each way, and what of it were gives and asks.</summary>
[GenerateSerializer, Immutable]
public sealed record KindLedgerLine
{
    [Id(0)] public required int Out { get; init; }

    [Id(1)] public required int In { get; init; }

    [Id(2)] public required double? Balance { get; init; }

    [Id(3)] public required DirectedCount Gives { get; init; }

    [Id(4)] public required DirectedCount Asks { get; init; }
}

/// <summary>Who gave and asked what. Names that never occurred are left out.</summary>
[GenerateSerializer, Immutable]
public sealed record ExchangeLedger
{
    /// <summary>Interactions whose exchange is <c>give</c>.</summary>
    [Id(0)] public required DirectedCount Gives { get; init; }

    /// <summary>Interactions whose exchange is <c>ask</c>.</summary>
    [Id(1)] public required DirectedCount Asks { get; init; }

    /// <summary>By exchange (wire name).</summary>
    [Id(2)] public required IReadOnlyDictionary<string, LedgerLine> Exchanges { get; init; }

    /// <summary>By kind (wire name).</summary>
    [Id(3)] public required IReadOnlyDictionary<string, KindLedgerLine> Kinds { get; init; }
}

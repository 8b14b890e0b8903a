namespace NetworkGraph.People.Measures;

/// <summary>A count in each direction, seen from one person. A mutual interaction counts in both.</summary>
public readonly record struct DirectedCount(int Out, int In);

/// <summary>How often something went out and came in; balance = 2·min/(out + in) of these counts, in [0,1]; null where there are none.</summary>
public sealed record LedgerLine
{
    public required int Out { get; init; }

    public required int In { get; init; }

    public required double? Balance { get; init; }
}

/// <summary>One kind of interaction: how often each way, and what of it were gives and asks.</summary>
public sealed record KindLedgerLine
{
    public required int Out { get; init; }

    public required int In { get; init; }

    public required double? Balance { get; init; }

    public required DirectedCount Gives { get; init; }

    public required DirectedCount Asks { get; init; }
}

/// <summary>Who gave and asked what. Names that never occurred are left out.</summary>
public sealed record ExchangeLedger
{
    /// <summary>Interactions whose exchange is <c>give</c>.</summary>
    public required DirectedCount Gives { get; init; }

    /// <summary>Interactions whose exchange is <c>ask</c>.</summary>
    public required DirectedCount Asks { get; init; }

    /// <summary>By exchange (wire name).</summary>
    public required IReadOnlyDictionary<string, LedgerLine> Exchanges { get; init; }

    /// <summary>By kind (wire name).</summary>
    public required IReadOnlyDictionary<string, KindLedgerLine> Kinds { get; init; }
}

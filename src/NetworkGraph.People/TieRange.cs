using NetworkGraph.People.Measures;

namespace NetworkGraph.People;

/// <summary>
/// Which of a person's ties are meant, in the order of the list: strongest first, by the sum of both strengths, then by id.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record TieRange
{
    /// <summary>All of them.</summary>
    public static TieRange All { get; } = new();

    /// <summary>Only those that come after this place.</summary>
    [Id(0)] public TiePlace? After { get; init; }

    /// <summary>So many at most.</summary>
    [Id(1)] public int Most { get; init; } = int.MaxValue;

    /// <summary>
    /// By what was in the log up to this position, so that the pages of one walk are cut out of one list; null for what readers see.
    /// </summary>
    [Id(2)] public long? UpToPosition { get; init; }
}

/// <summary>Where a tie stands among a person's ties.</summary>
/// <param name="Strength">Out and in together.</param>
/// <param name="Person">Id of the other.</param>
[GenerateSerializer, Immutable]
public readonly record struct TiePlace(double Strength, string Person) : IComparable<TiePlace>
{
    public static TiePlace Of(Tie tie)
    {
        ArgumentNullException.ThrowIfNull(tie);
        return new TiePlace(tie.StrengthOut + tie.StrengthIn, tie.Person);
    }

    public static bool operator <(TiePlace left, TiePlace right) => left.CompareTo(right) < 0;

    public static bool operator >(TiePlace left, TiePlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(TiePlace left, TiePlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TiePlace left, TiePlace right) => left.CompareTo(right) >= 0;

    /// <summary>Below 0 where this one comes first.</summary>
    public int CompareTo(TiePlace other)
    {
        var byStrength = other.Strength.CompareTo(Strength);
        return byStrength != 0 ? byStrength : string.CompareOrdinal(Person, other.Person);
    }
}

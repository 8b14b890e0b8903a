using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetworkGraph.People.Habits;

/// <summary>
/// How often each <see cref="HabitFact"/> was seen. Whole numbers, so that sums kept up by adding and subtracting equal
/// sums made from scratch.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct HabitCounts : IEquatable<HabitCounts>
{
    public const int Facts = (int)HabitFact.WarnedUnwantedPersistence + 1;

    /// <summary>One mutual interaction of two; of more people each dyad holds a part. Divisible by groups of up to 17.</summary>
    public const long WholeShare = 12_252_240;

    private FactTable _facts;

    /// <summary>Mutual interactions in units of <see cref="WholeShare"/>.</summary>
    public long MutualShares;

    public readonly int this[HabitFact fact] => _facts[(int)fact];

    /// <summary>Meetings and calls.</summary>
    public readonly int Mutual => (int)((MutualShares + WholeShare / 2) / WholeShare);

    public void Count(HabitFact fact, int by = 1) => _facts[(int)fact] += by;

    public void Add(in HabitCounts other)
    {
        var mine = All(ref _facts);
        var others = All(ref Unsafe.AsRef(in other._facts));
        var i = 0;
        for (; i <= Facts - Vector<int>.Count; i += Vector<int>.Count)
            (new Vector<int>(mine[i..]) + new Vector<int>(others[i..])).CopyTo(mine[i..]);
        for (; i < Facts; i++) mine[i] += others[i];
        MutualShares += other.MutualShares;
    }

    public void Subtract(in HabitCounts other)
    {
        var mine = All(ref _facts);
        var others = All(ref Unsafe.AsRef(in other._facts));
        for (var i = 0; i < Facts; i++) mine[i] -= others[i];
        MutualShares -= other.MutualShares;
    }

    /// <summary>The same without the ties warned of.</summary>
    public readonly HabitCounts WithoutWarnings()
    {
        var without = this;
        All(ref without._facts)[(int)HabitFact.WarnedExploitation..].Clear();
        return without;
    }

    public readonly bool Equals(HabitCounts other) =>
        MutualShares == other.MutualShares && All(ref Unsafe.AsRef(in _facts)).SequenceEqual(All(ref other._facts));

    public override readonly bool Equals(object? obj) => obj is HabitCounts other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(MutualShares, _facts[0], _facts[1]);

    public static bool operator ==(HabitCounts left, HabitCounts right) => left.Equals(right);

    public static bool operator !=(HabitCounts left, HabitCounts right) => !left.Equals(right);

    private static Span<int> All(ref FactTable facts) => MemoryMarshal.CreateSpan(ref Unsafe.As<FactTable, int>(ref facts), Facts);

    [InlineArray(Facts)]
    private struct FactTable
    {
        private int _first;
    }
}

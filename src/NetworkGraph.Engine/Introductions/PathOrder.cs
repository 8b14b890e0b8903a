using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Introductions;

/// <summary>Which of two paths comes first: the better score, then fewer hops, then ids.</summary>
internal static class PathOrder
{
    /// <summary>Scores that differ relatively by less than this are equal: products of equal factors in another order.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Bounds are lowered by this, so that no path equal to the worst one wanted is lost.</summary>
    public const double Margin = 1 - 3 * Tolerance;

    /// <summary>Below 0 where the first path comes first. Paths are people from source to target.</summary>
    public static int Compare(PersonIds ids, double value, ReadOnlySpan<int> people, double otherValue, ReadOnlySpan<int> others)
    {
        if (value > otherValue * (1 + Tolerance)) return -1;
        if (value < otherValue * (1 - Tolerance)) return 1;
        return people.Length != others.Length ? people.Length.CompareTo(others.Length) : CompareIds(ids, people, others);
    }

    /// <summary>Person by person, ids ordinally.</summary>
    public static int CompareIds(PersonIds ids, ReadOnlySpan<int> people, ReadOnlySpan<int> others)
    {
        for (var i = 0; i < people.Length; i++)
        {
            if (people[i] == others[i]) continue;
            var order = string.CompareOrdinal(ids[people[i]], ids[others[i]]);
            // Erased people have no id; their numbers keep the order definite.
            return order != 0 ? order : people[i].CompareTo(others[i]);
        }
        return 0;
    }
}

namespace NetworkGraph.People.Measures;

/// <summary>
/// Problem: the median of whole numbers; of an even number of them, the mean of the two in the middle.
/// Method: selection with a median-of-three pivot (Hoare's FIND, 1961); short or badly splitting inputs are sorted.
/// Precondition: at least one value. The values are reordered. Cost: O(n) expected, O(n log n) at worst, no allocation.
/// </summary>
public static class Median
{
    private const int SortUpTo = 24;

    public static double Of(Span<long> values)
    {
        var middle = values.Length / 2;
        Select(values, middle);
        if (values.Length % 2 == 1) return values[middle];
        var below = long.MinValue;
        foreach (var value in values[..middle])
            if (value > below) below = value;
        return below + (values[middle] - below) / 2.0;
    }

    /// <summary>Puts the value of that rank in its place, nothing greater before it and nothing smaller after.</summary>
    private static void Select(Span<long> values, int rank)
    {
        var low = 0;
        var high = values.Length - 1;
        var roundsLeft = 2 * (32 - int.LeadingZeroCount(values.Length));
        while (high - low >= SortUpTo && roundsLeft-- > 0)
        {
            var pivot = MiddleOf(values[low], values[low + (high - low) / 2], values[high]);
            var left = low;
            var right = high;
            while (left <= right)
            {
                while (values[left] < pivot) left++;
                while (values[right] > pivot) right--;
                if (left > right) break;
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }
            if (rank <= right) high = right;
            else if (rank >= left) low = left;
            else return;
        }
        values.Slice(low, high - low + 1).Sort();
    }

    private static long MiddleOf(long a, long b, long c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}

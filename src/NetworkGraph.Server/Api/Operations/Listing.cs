using System.Globalization;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Operations;

/// <summary>A page of a list: its items, where it goes on (null: nowhere), and the date it was seen at.</summary>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? NextCursor, DateTimeOffset AsOf);

/// <summary>Cuts pages out of lists that are ordered by a number, greatest first, and then by id.</summary>
internal static class Listing
{
    /// <summary>
    /// The page after the cursor. It goes on after the place where its last item stood, so it misses and repeats nothing
    /// where items have come or gone in between.
    /// </summary>
    public static ListAnswer<T> PageOf<T>(
        IReadOnlyList<T> items, Func<T, (double Rank, string Id)> place, Page page, long asOfMs, long position = 0)
    {
        var start = 0;
        if (PlaceAfter(page) is { } after)
            while (start < items.Count && !IsAfter(place(items[start]), after)) start++;
        var count = Math.Min(page.Limit, items.Count - start);
        var taken = new List<T>(count);
        for (var i = start; i < start + count; i++) taken.Add(items[i]);
        var next = start + count < items.Count ? page.Next(asOfMs, Write(place(taken[^1])), position) : null;
        return new ListAnswer<T>(taken, next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs));
    }

    /// <summary>The place after which the page begins; null where that is the list's beginning.</summary>
    public static (double Rank, string Id)? PlaceAfter(Page page) =>
        page.Cursor is { } cursor && TryRead(cursor.After, out var after) ? after : null;

    private static bool IsAfter((double Rank, string Id) item, (double Rank, string Id) place) =>
        item.Rank < place.Rank || (item.Rank == place.Rank && string.CompareOrdinal(item.Id, place.Id) > 0);

    private static string Write((double Rank, string Id) place) =>
        string.Create(CultureInfo.InvariantCulture, $"{place.Rank:R} {place.Id}");

    private static bool TryRead(string text, out (double Rank, string Id) place)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        place = default;
        if (space < 0 || !double.TryParse(text.AsSpan(0, space), NumberStyles.Float, CultureInfo.InvariantCulture, out var rank))
            return false;
        place = (rank, text[(space + 1)..]);
        return true;
    }
}

using System.Collections.Frozen;
using System.Text;

namespace NetworkGraph.Events.Interactions;

/// <summary>The fields of an interaction, in the order they are written and checked.</summary>
public enum InteractionField : byte
{
    Id = 0,
    At = 1,
    From = 2,
    To = 3,
    Kind = 4,
    Exchange = 5,
    Setting = 6,
    Channel = 7,
    Venue = 8,
    InReplyTo = 9,
    About = 10,
    Personalised = 11,
    LengthSeconds = 12,
    ExchangeBy = 13,
    ExchangeConfidence = 14,
    Series = 15,
    Batch = 16,
}

/// <summary>What the fields are called in JSON and in CSV.</summary>
public static class InteractionFields
{
    /// <summary>In a rejection: what is wrong is the line as a whole, not one field of it.</summary>
    public const string Line = "line";

    private static readonly string[] s_names =
    [
        "id", "at", "from", "to", "kind", "exchange", "setting", "channel", "venue", "inReplyTo", "about", "personalised", "lengthSeconds",
        "exchangeBy", "exchangeConfidence", "series", "batch",
    ];

    private static readonly byte[][] s_utf8Names = [.. s_names.Select(Encoding.UTF8.GetBytes)];

    private static readonly FrozenDictionary<string, InteractionField> s_byLooseName =
        s_names.Select((name, i) => (name, i)).ToFrozenDictionary(
            n => n.name, n => (InteractionField)n.i, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> Names => s_names;

    public static string Name(this InteractionField field) => s_names[(int)field];

    /// <summary>The field of exactly this name; false for none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> name, out InteractionField field)
    {
        // Names are few and differ in length or first letters, so trying them in turn is quicker than hashing.
        for (var i = 0; i < s_utf8Names.Length; i++)
        {
            if (!name.SequenceEqual(s_utf8Names[i])) continue;
            field = (InteractionField)i;
            return true;
        }
        field = default;
        return false;
    }

    /// <summary>The field a column's heading means: in any case, and with or without underscores (<c>in_reply_to</c>).</summary>
    public static bool TryFindLoosely(string heading, out InteractionField field)
    {
        ArgumentNullException.ThrowIfNull(heading);
        return s_byLooseName.TryGetValue(heading.Trim().Replace("_", "", StringComparison.Ordinal), out field);
    }

    /// <summary>Whether this is a field's name, or <see cref="Line"/>: what may be counted by without naming anybody.</summary>
    public static bool IsKnown(string field) => field == Line || s_names.Contains(field, StringComparer.Ordinal);
}

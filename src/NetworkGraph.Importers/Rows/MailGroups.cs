using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Rows;

/// <summary>
/// Problem: tables of mail have a row for each recipient, so one mail to ten people reads as ten mails to one.
/// Method: messages to one person without an id of their own that come from one sender in one second, and are equal in all but
/// the recipient, become one interaction with all the recipients, under the id of the first row. Rows of one second stand
/// together in such tables; they, and what stands between them, are held until the next second begins. A row that repeats a
/// recipient stays by itself.
/// Cost: O(1) a row; memory of one second.
/// </summary>
internal sealed class MailGroups
{
    private readonly List<Group> _groups = [];
    private readonly Dictionary<Key, int> _byKey = [];
    private long _second = long.MinValue;

    /// <summary>Takes in a row, whose id was derived or is its own; hands over what was held of the second before.</summary>
    public void Add(Interaction interaction, bool isDerived, long line, int bytes, RowBatch rows)
    {
        var second = SecondOf(interaction);
        if (second != _second) Flush(rows);
        _second = second;
        if (!isDerived || interaction is not { Kind: InteractionKind.Message, To.Length: 1 })
        {
            _groups.Add(new Group(interaction, line, bytes));
            return;
        }
        var key = Key.Of(interaction);
        if (_byKey.TryGetValue(key, out var place) && _groups[place].TryAdd(interaction.To[0], bytes)) return;
        _byKey[key] = _groups.Count;
        _groups.Add(new Group(interaction, line, bytes));
    }

    /// <summary>Hands over what is held.</summary>
    public void Flush(RowBatch rows)
    {
        foreach (var group in _groups) rows.Add(group.ToInteraction(), group.Line, group.Bytes);
        _groups.Clear();
        _byKey.Clear();
    }

    private static long SecondOf(Interaction interaction) => (long)Math.Floor(interaction.AtMs / 1000.0);

    private readonly record struct Key(
        string From, long Second, Exchange Exchange, Setting Setting, string? Channel, string? Venue, string? Series, string? InReplyTo,
            string? About, bool? Personalised, double? LengthSeconds)
    {
        public static Key Of(Interaction i) => new(
            i.From, SecondOf(i), i.Exchange, i.Setting, i.Channel, i.Venue, i.Series, i.InReplyTo, i.About, i.Personalised,
                i.LengthSeconds);
    }

    private sealed class Group(Interaction first, long line, int bytes)
    {
        private readonly List<string> _to = [.. first.To];

        public long Line => line;

        public int Bytes { get; private set; } = bytes;

        public bool TryAdd(string recipient, int more)
        {
            if (_to.Count == InteractionRules.MaxRecipients || _to.Contains(recipient, StringComparer.Ordinal)) return false;
            _to.Add(recipient);
            Bytes += more;
            return true;
        }

        public Interaction ToInteraction() => _to.Count == first.To.Length ? first : new Interaction
        {
            Id = first.Id,
            AtMs = first.AtMs,
            From = first.From,
            To = [.. _to],
            Kind = first.Kind,
            Exchange = first.Exchange,
            ExchangeBy = first.ExchangeBy,
            ExchangeConfidence = first.ExchangeConfidence,
            Setting = first.Setting,
            Channel = first.Channel,
            Venue = first.Venue,
            Series = first.Series,
            InReplyTo = first.InReplyTo,
            About = first.About,
            Personalised = first.Personalised,
            LengthSeconds = first.LengthSeconds,
            Batch = first.Batch,
            Key = first.Key,
        };
    }
}

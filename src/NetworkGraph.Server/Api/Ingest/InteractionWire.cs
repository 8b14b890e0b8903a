using System.Buffers.Binary;
using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>
/// Interactions from the bytes of a networkgraph.v1 RecordRequest or RecordStreamRequest, straight into records: the
/// generated classes would make every text anew, where a draft keeps those that repeat, and a copy of everything besides.
/// The fields are those of networkgraph/v1/interactions.proto; unknown ones are passed over, as protocol buffers have it.
/// </summary>
public static class InteractionWire
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

    /// <summary>
    /// Adds all interactions of a message to the batch. The line of the first is <paramref name="firstLine"/>. Returns how
    /// many there were; null where the bytes are not such a message.
    /// </summary>
    public static int? Read(ReadOnlySpan<byte> message, InteractionDraft draft, RowBatch rows, long firstLine, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(rows);
        // Senders may write fields in any order, and this one holds for all interactions of the message.
        draft.DropsRepeats = IsLenient(message);
        var reader = new Reader(message);
        var count = 0;
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field != 1 || type != Delimited)
            {
                reader.Skip(type);
                continue;
            }
            var bytes = reader.Bytes();
            draft.Clear();
            if (!reader.IsBroken && !ReadInteraction(bytes, draft)) return null;
            rows.Add(draft.Complete(nowMs), firstLine + count++, bytes.Length);
        }
        return reader.IsBroken ? null : count;
    }

    private static bool IsLenient(ReadOnlySpan<byte> message)
    {
        var reader = new Reader(message);
        var isLenient = false;
        while (reader.TryReadTag(out var field, out var type))
        {
            if ((field, type) == (2, Varint)) isLenient = reader.Number() != 0;
            else reader.Skip(type);
        }
        return isLenient;
    }

    private static bool ReadInteraction(ReadOnlySpan<byte> bytes, InteractionDraft draft)
    {
        var reader = new Reader(bytes);
        while (reader.TryReadTag(out var field, out var type))
        {
            switch (field, type)
            {
                case (1, Delimited):
                    draft.Id = GivenText(reader.Bytes(), "id", draft, repeats: false);
                    break;
                case (2, Delimited):
                    ReadTime(ref reader, draft);
                    break;
                case (3, Delimited):
                    draft.From = GivenText(reader.Bytes(), "from", draft, repeats: true);
                    break;
                case (4, Delimited):
                    draft.AddRecipient(Text(reader.Bytes(), "to", draft, repeats: true));
                    break;
                case (5, Varint):
                    draft.Kind = (InteractionKind?)Word(reader.Number(), WireNames.Kinds, "kind", draft);
                    break;
                case (6, Varint):
                    draft.Exchange = (Exchange?)Word(reader.Number(), WireNames.Exchanges, "exchange", draft);
                    break;
                case (7, Varint):
                    draft.Setting = (Setting?)Word(reader.Number(), WireNames.Settings, "setting", draft);
                    break;
                case (8, Delimited):
                    draft.Channel = Text(reader.Bytes(), "channel", draft, repeats: true);
                    break;
                case (9, Delimited):
                    draft.Venue = Text(reader.Bytes(), "venue", draft, repeats: true);
                    break;
                case (10, Delimited):
                    draft.InReplyTo = Text(reader.Bytes(), "inReplyTo", draft, repeats: false);
                    break;
                case (11, Delimited):
                    draft.About = Text(reader.Bytes(), "about", draft, repeats: true);
                    break;
                case (12, Varint):
                    draft.Personalised = reader.Number() != 0;
                    break;
                case (13, Fixed64):
                    draft.LengthSeconds = reader.Double();
                    break;
                case (14, Varint):
                    draft.ExchangeBy = (ExchangeBy?)Word(reader.Number(), WireNames.ExchangeBys, "exchangeBy", draft);
                    break;
                case (15, Fixed64):
                    draft.ExchangeConfidence = reader.Double();
                    break;
                case (16, Delimited):
                    draft.Series = Text(reader.Bytes(), "series", draft, repeats: true);
                    break;
                case (17, Delimited):
                    draft.Batch = Text(reader.Bytes(), "batch", draft, repeats: true);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }
        return !reader.IsBroken;
    }

    /// <summary>A text that is not given where it is empty: a field without presence.</summary>
    private static string? GivenText(ReadOnlySpan<byte> utf8, string field, InteractionDraft draft, bool repeats) =>
        utf8.IsEmpty ? null : Text(utf8, field, draft, repeats);

    private static string Text(ReadOnlySpan<byte> utf8, string field, InteractionDraft draft, bool repeats)
    {
        if (!(repeats ? draft.Texts.TryGet(utf8, out var text) : TextCache.TryDecode(utf8, out text)))
            draft.Reject(field, "is not valid UTF-8");
        return text;
    }

    /// <summary>Enums count from 1, in the order of their words; 0 is not given.</summary>
    private static int? Word(ulong number, IReadOnlyList<string> words, string field, InteractionDraft draft)
    {
        if (number == 0) return null;
        if (number <= (ulong)words.Count) return (int)number - 1;
        draft.Reject(field,
            string.Create(CultureInfo.InvariantCulture, $"{number} is none of 1 ({words[0]}) to {words.Count} ({words[^1]})"));
        return 0;
    }

    private static void ReadTime(ref Reader outer, InteractionDraft draft)
    {
        var reader = new Reader(outer.Bytes());
        var (seconds, nanos) = (0L, 0L);
        while (reader.TryReadTag(out var field, out var type))
        {
            if ((field, type) == (1, Varint)) seconds = (long)reader.Number();
            else if ((field, type) == (2, Varint)) nanos = (long)reader.Number();
            else reader.Skip(type);
        }
        if (reader.IsBroken) outer.Break();
        else if (seconds is < -62_135_596_800 or > 253_402_300_799 || nanos is < 0 or > 999_999_999)
            draft.Reject("at", "lies outside the years 1 to 9999, or has less than 0 or more than 999999999 nanoseconds");
        else draft.AtMs = seconds * 1000 + nanos / 1_000_000;
    }

    /// <summary>The encoding of protocol buffers: https://protobuf.dev/programming-guides/encoding/. Once broken it ends.</summary>
    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public bool IsBroken { get; private set; }

        public bool TryReadTag(out int field, out int type)
        {
            (field, type) = (0, 0);
            if (_rest.IsEmpty) return false;
            var tag = Number();
            (field, type) = ((int)(tag >> 3), (int)tag & 7);
            if (tag is 0 or > uint.MaxValue || field == 0) Break();
            return !IsBroken;
        }

        public ulong Number()
        {
            if (!_rest.IsEmpty && _rest[0] < 0x80)
            {
                var small = _rest[0];
                _rest = _rest[1..];
                return small;
            }
            var number = 0UL;
            for (var i = 0; i < 10 && i < _rest.Length; i++)
            {
                number |= (ulong)(_rest[i] & 0x7F) << 7 * i;
                if (_rest[i] >= 0x80) continue;
                _rest = _rest[(i + 1)..];
                return number;
            }
            Break();
            return 0;
        }

        public ReadOnlySpan<byte> Bytes() => Take(Number());

        public double Double() => Take(sizeof(double)) is { Length: sizeof(double) } bits
            ? BinaryPrimitives.ReadDoubleLittleEndian(bits) : 0;

        public void Skip(int type)
        {
            switch (type)
            {
                case Varint:
                    Number();
                    break;
                case Fixed64:
                    Take(sizeof(ulong));
                    break;
                case Delimited:
                    Bytes();
                    break;
                case Fixed32:
                    Take(sizeof(uint));
                    break;
                default:
                    Break();
                    break;
            }
        }

        public void Break()
        {
            IsBroken = true;
            _rest = default;
        }

        private ReadOnlySpan<byte> Take(ulong count)
        {
            if (count > (ulong)_rest.Length)
            {
                Break();
                return default;
            }
            var taken = _rest[..(int)count];
            _rest = _rest[(int)count..];
            return taken;
        }
    }
}

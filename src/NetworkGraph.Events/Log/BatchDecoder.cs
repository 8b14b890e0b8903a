using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>
/// Turns the bytes of a batch (see <see cref="BatchFormat"/>) back into its records. Keeps strings from batch to batch,
/// so that a person who is often named is one string. Not thread-safe. Bytes that are not what was written are found by
/// their checksum and give <see cref="LogCorruptedException"/>, never anything else.
/// </summary>
public sealed class BatchDecoder
{
    private readonly TextPool _pool = new();
    private readonly CompactTextReader _tableTexts = new();
    private readonly CompactTextReader _ids = new();
    private readonly CompactTextReader _replies = new();
    private string?[] _texts = new string?[1024];
    private int _textCount;
    private long _atBefore;

    /// <summary>All records. <paramref name="place"/> begins the message where the bytes are bad: file and row.</summary>
    public RecordBatch Decode(ReadOnlySpan<byte> bytes, string place)
    {
        var from = Open(bytes, place, out var firstPosition, out var records);
        foreach (ref var text in _texts.AsSpan(0, _textCount))
        {
            _tableTexts.Restart();
            text = _tableTexts.Read(ref from, _pool);
        }
        for (var i = 0; i < records.Length; i++) records[i] = ReadRecord(ref from);
        if (!from.OnlyZerosRemain) from.Corrupted("has bytes after its last record");
        Array.Clear(_texts, 0, _textCount);
        return new RecordBatch(firstPosition, records);
    }

    /// <summary>Forgets every string kept.</summary>
    public void Clear() => _pool.Clear();

    private ByteReader Open(ReadOnlySpan<byte> bytes, string place, out long firstPosition, out LogRecord[] records)
    {
        if (bytes.Length < BatchFormat.HeaderBytes || !bytes[..BatchFormat.Magic.Length].SequenceEqual(BatchFormat.Magic))
            throw new LogCorruptedException($"{place} does not begin like a batch of records.");
        if (bytes[BatchFormat.Magic.Length] != BatchFormat.Version)
            throw new LogCorruptedException($"{place} is of format version {bytes[BatchFormat.Magic.Length]}; this program reads version {BatchFormat.Version}.");
        var from = new ByteReader(bytes, place);
        from.Bytes(BatchFormat.Magic.Length + 1);
        if (from.UInt32() != Crc32C.Of(bytes[BatchFormat.HeaderBytes..])) from.Corrupted("does not match its checksum");
        firstPosition = (long)from.Varint();
        // Every record and every text has at least one byte, so a count can never ask for more memory than the bytes justify.
        records = new LogRecord[from.Count(from.Remaining)];
        _textCount = from.Count(from.Remaining);
        var textBytes = from.Count(from.Remaining);
        if (textBytes < _textCount) from.Corrupted("has more texts than bytes for them");
        if (_texts.Length < _textCount) _texts = new string?[Math.Max(_textCount, 2 * _texts.Length)];
        _ids.Restart();
        _replies.Restart();
        _atBefore = 0;
        return from;
    }

    private LogRecord ReadRecord(ref ByteReader from)
    {
        var flags = from.Byte();
        switch (flags & RecordFormat.TypeMask)
        {
            case RecordFormat.Interaction:
                return ReadInteraction(flags, ref from);
            case RecordFormat.Profile:
                return ReadProfile(flags, ref from);
            case RecordFormat.Other:
                return ReadOther(flags, ref from);
            default:
                return new Tombstone();
        }
    }

    private LogRecord ReadOther(int type, ref ByteReader from)
    {
        switch (type)
        {
            case RecordFormat.Erased:
                return new PersonErased { AtMs = Time(ref from), Tombstones = from.ZigZag() };
            case RecordFormat.BlockPlaced or RecordFormat.BlockLifted:
                return new BlockChanged { AtMs = Time(ref from), By = Indexed(ref from), Against = Indexed(ref from), IsPlaced = type == RecordFormat.BlockPlaced };
            case RecordFormat.Report:
                var atMs = Time(ref from);
                return new ReportFiled
                {
                    AtMs = atMs,
                    Id = Indexed(ref from),
                    Reporter = Indexed(ref from),
                    About = Indexed(ref from),
                    Reason = (ReportReason)from.Byte(),
                    Evidence = List(ref from),
                };
            case RecordFormat.ReportMoved:
                return new ReportMoved { AtMs = Time(ref from), Id = Indexed(ref from), State = (ReportState)from.Byte() };
            default:
                from.Corrupted($"has a record of the unknown type {type}");
                return null!;
        }
    }

    private Interaction ReadInteraction(int flags, ref ByteReader from)
    {
        var kind = (InteractionKind)from.Byte();
        var id = _ids.Read(ref from);
        var atMs = Time(ref from);
        var sender = Indexed(ref from);
        var to = (flags & RecordFormat.OneRecipient) != 0 ? [Indexed(ref from)] : List(ref from);
        var channel = (flags & RecordFormat.HasChannel) != 0 ? Indexed(ref from) : null;
        var venue = (flags & RecordFormat.HasVenue) != 0 ? Indexed(ref from) : null;
        var inReplyTo = (flags & RecordFormat.HasInReplyTo) != 0 ? _replies.Read(ref from) : null;
        var about = (flags & RecordFormat.HasAbout) != 0 ? Indexed(ref from) : null;
        var extras = (flags & RecordFormat.HasExtras) != 0 ? from.Count(int.MaxValue) : 0;
        if (extras > RecordFormat.KnownExtras) from.Corrupted("has a record with unknown extras");
        return new Interaction
        {
            Id = id,
            AtMs = atMs,
            From = sender,
            To = to,
            Kind = kind,
            Channel = channel,
            Venue = venue,
            InReplyTo = inReplyTo,
            About = about,
            Personalised = (extras & RecordFormat.SaysPersonalised) != 0 ? (extras & RecordFormat.IsPersonalised) != 0 : null,
            Exchange = (extras & RecordFormat.HasExchange) != 0 ? (Exchange)from.Byte() : default,
            Setting = (extras & RecordFormat.HasSetting) != 0 ? (Setting)from.Byte() : default,
            LengthSeconds = Length(extras, ref from),
            Series = (extras & RecordFormat.HasSeries) != 0 ? Indexed(ref from) : null,
        };
    }

    private static double? Length(int extras, ref ByteReader from)
    {
        if ((extras & RecordFormat.HasWholeLength) != 0) return from.Varint();
        if ((extras & RecordFormat.HasOtherLength) != 0) return BitConverter.UInt64BitsToDouble(from.UInt64());
        return null;
    }

    private ProfileChanged ReadProfile(int flags, ref ByteReader from)
    {
        var atMs = Time(ref from);
        var hasLists = (flags & RecordFormat.HasLists) != 0;
        var profile = new Profile
        {
            Id = Indexed(ref from),
            Name = (flags & RecordFormat.HasName) != 0 ? Indexed(ref from) : null,
            Organisation = (flags & RecordFormat.HasOrganisation) != 0 ? Indexed(ref from) : null,
            Role = (flags & RecordFormat.HasRole) != 0 ? Indexed(ref from) : null,
            Industry = (flags & RecordFormat.HasIndustry) != 0 ? Indexed(ref from) : null,
            OpenToIntroductions = (flags & RecordFormat.OpenToIntroductions) != 0,
            Offers = hasLists ? List(ref from) : [],
            Audience = hasLists ? List(ref from) : [],
            Tags = hasLists ? List(ref from) : [],
        };
        return new ProfileChanged { AtMs = atMs, Profile = profile };
    }

    private string[] List(ref ByteReader from)
    {
        var count = from.Count(from.Remaining);
        if (count == 0) return [];
        var texts = new string[count];
        for (var i = 0; i < texts.Length; i++) texts[i] = Indexed(ref from);
        return texts;
    }

    private string Indexed(ref ByteReader from)
    {
        var index = from.Varint();
        if (index >= (ulong)_textCount) from.Corrupted($"names text {index} of {_textCount}");
        return _texts[index]!;
    }

    private long Time(ref ByteReader from) => _atBefore = unchecked(_atBefore + from.ZigZag());
}

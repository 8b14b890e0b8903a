using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>
/// Turns the bytes of a batch (see <see cref="BatchFormat"/>) back into its records. Keeps strings from batch to batch,
/// so that a person who is often named is one string. Not thread-safe. Bytes that are not what was written are found by
/// their checksum and give <see cref="LogCorruptedException"/>, never anything else.
/// </summary>
public sealed partial class BatchDecoder
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
            throw new LogCorruptedException(
                $"{place} is of format version {bytes[BatchFormat.Magic.Length]}; this program reads version {BatchFormat.Version}.");
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

    private NudgeChanged ReadNudge(ref ByteReader from) => new()
    {
        AtMs = Time(ref from),
        Person = Indexed(ref from),
        Nudge = Indexed(ref from),
        Other = Indexed(ref from),
        Rule = Indexed(ref from),
        State = (NudgeState)from.Byte(),
        Scope = (NudgeScope)from.Byte(),
        UntilMs = from.ZigZag() is var until && until != 0 ? until : null,
    };

    private LogRecord ReadOther(int type, ref ByteReader from)
    {
        switch (type)
        {
            case RecordFormat.Erased:
                return new PersonErased { AtMs = Time(ref from), Tombstones = from.ZigZag() };
            case RecordFormat.BlockPlaced or RecordFormat.BlockLifted:
                return new BlockChanged
                {
                    AtMs = Time(ref from),
                    By = Indexed(ref from),
                    Against = Indexed(ref from),
                    IsPlaced = type == RecordFormat.BlockPlaced
                };
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
            case RecordFormat.AliasMerged or RecordFormat.AliasSplit or RecordFormat.AliasDistinct:
                return ReadAlias((AliasChange)((type - RecordFormat.AliasMerged) >> 2), ref from);
            case RecordFormat.Withdrawn:
                var withdrawn = ReadCorrection(ref from);
                return new InteractionWithdrawn
                {
                    AtMs = withdrawn.AtMs,
                    Id = withdrawn.Id,
                    Key = withdrawn.Key,
                    Batch = withdrawn.Batch,
                    Interaction = withdrawn.Of,
                    Reason = (WithdrawalReason)from.Byte(),
                    Position = (long)from.Varint(),
                };
            case RecordFormat.Source:
                var source = ReadCorrection(ref from);
                return new SourceChanged
                {
                    AtMs = source.AtMs,
                    Id = source.Id,
                    Key = source.Key,
                    Batch = source.Batch,
                    Interaction = source.Of,
                    IsAdded = (source.Flags & RecordFormat.CorrectionAdds) != 0,
                    GivenTo = (source.Flags & RecordFormat.CorrectionHasGivenTo) != 0 ? List(ref from) : null,
                };
            case RecordFormat.Batch:
                return ReadBatch(ref from);
            case RecordFormat.Preference:
                return ReadPreference(ref from);
            case RecordFormat.Model:
                return ReadModel(ref from);
            case RecordFormat.KeysRequired or RecordFormat.KeysNotRequired:
                return new KeysRequirement { AtMs = Time(ref from), Stands = type == RecordFormat.KeysRequired };
            case RecordFormat.Nudge:
                return ReadNudge(ref from);
            case RecordFormat.Ask or RecordFormat.Access or RecordFormat.Subscription or RecordFormat.Advanced or RecordFormat.Beginning:
                return ReadOutreach(type, ref from);
            default:
                from.Corrupted($"has a record of the unknown type {type}");
                return null!;
        }
    }

    private AliasChanged ReadAlias(AliasChange change, ref ByteReader from)
    {
        var atMs = Time(ref from);
        var one = Indexed(ref from);
        var other = Indexed(ref from);
        var bits = from.Byte();
        if ((bits & ~RecordFormat.AliasBits) != 0) from.Corrupted("has an alias with unknown bits");
        return new AliasChanged
        {
            AtMs = atMs,
            One = one,
            Other = other,
            Change = change,
            Canonical = (bits & RecordFormat.AliasHasCanonical) != 0 ? Indexed(ref from) : null,
            Rule = (bits & RecordFormat.AliasHasRule) != 0 ? Indexed(ref from) : null,
            Batch = (bits & RecordFormat.AliasHasBatch) != 0 ? Indexed(ref from) : null,
        };
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
        var extras = (flags & RecordFormat.HasExtras) != 0 ? from.Byte() : 0;
        bool? personalised = (extras & RecordFormat.SaysPersonalised) != 0 ? (extras & RecordFormat.IsPersonalised) != 0 : null;
        var exchange = (extras & RecordFormat.HasExchange) != 0 ? (Exchange)from.Byte() : default;
        var setting = (extras & RecordFormat.HasSetting) != 0 ? (Setting)from.Byte() : default;
        var length = Length(extras, ref from);
        var reading = (extras & RecordFormat.HasReading) != 0 ? from.Byte() : 0;
        double? confidence = (reading & RecordFormat.HasConfidence) != 0 ? BitConverter.UInt64BitsToDouble(from.UInt64()) : null;
        var series = (reading & RecordFormat.HasSeries) != 0 ? Indexed(ref from) : null;
        var origin = (extras & RecordFormat.HasOrigin) != 0 ? from.Byte() : 0;
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
            Personalised = personalised,
            Exchange = exchange,
            Setting = setting,
            LengthSeconds = length,
            ExchangeBy = (reading & RecordFormat.ByReader) != 0 ? ExchangeBy.Reader : ExchangeBy.Sender,
            ExchangeConfidence = confidence,
            Series = series,
            IsAmendment = (origin & RecordFormat.IsAmendment) != 0,
            Batch = (origin & RecordFormat.HasBatch) != 0 ? Indexed(ref from) : null,
            Key = (origin & RecordFormat.HasKey) != 0 ? Indexed(ref from) : null,
            GivenTo = (origin & RecordFormat.HasGivenTo) != 0 ? List(ref from) : null,
        };
    }

    private (int Flags, long AtMs, string Id, string? Key, string? Batch, Interaction? Of) ReadCorrection(ref ByteReader from)
    {
        var flags = from.Byte();
        var atMs = Time(ref from);
        var id = _ids.Read(ref from);
        var key = (flags & RecordFormat.CorrectionHasKey) != 0 ? Indexed(ref from) : null;
        var batch = (flags & RecordFormat.CorrectionHasBatch) != 0 ? Indexed(ref from) : null;
        if ((flags & RecordFormat.CorrectionHasInteraction) == 0) return (flags, atMs, id, key, batch, null);
        var of = new Interaction
        {
            Id = id,
            Kind = (InteractionKind)from.Byte(),
            AtMs = Time(ref from),
            From = Indexed(ref from),
            To = List(ref from),
            About = (flags & RecordFormat.CorrectionHasAbout) != 0 ? Indexed(ref from) : null,
            LengthSeconds = (flags & RecordFormat.CorrectionHasLength) != 0 ? BitConverter.UInt64BitsToDouble(from.UInt64()) : null,
        };
        return (flags, atMs, id, key, batch, of);
    }

    private ModelTrained ReadModel(ref ByteReader from)
    {
        var model = new ModelTrained
        {
            AtMs = Time(ref from),
            Kind = (ModelKind)from.Byte(),
            GridMs = from.ZigZag(),
            Position = from.ZigZag(),
            Interactions = from.ZigZag(),
            WindowDays = (int)from.ZigZag(),
            Rows = (int)from.ZigZag(),
            Parameters = new double[from.Count(RecordFormat.MostParameters)],
        };
        foreach (ref var parameter in model.Parameters.AsSpan()) parameter = BitConverter.UInt64BitsToDouble(from.UInt64());
        return model;
    }

    private PreferenceChanged ReadPreference(ref ByteReader from)
    {
        var flags = from.Byte();
        var atMs = Time(ref from);
        var person = Indexed(ref from);
        var other = (flags & RecordFormat.PreferenceHasOther) != 0 ? Indexed(ref from) : null;
        var tag = (flags & RecordFormat.PreferenceHasTag) != 0 ? Indexed(ref from) : null;
        if ((flags & RecordFormat.PreferenceStands) == 0)
            return new PreferenceChanged { AtMs = atMs, Person = person, Other = other, Tag = tag };
        double? days = (flags & RecordFormat.PreferenceHasCadence) != 0 ? BitConverter.UInt64BitsToDouble(from.UInt64()) : null;
        Setting? setting = (flags & RecordFormat.PreferenceHasSetting) != 0 ? (Setting)from.Byte() : null;
        var preference = new Preference
        {
            CadenceDays = days,
            Setting = setting,
            Tags = List(ref from),
            Hidden = (flags & RecordFormat.PreferenceHides) != 0
        };
        return new PreferenceChanged { AtMs = atMs, Person = person, Other = other, Tag = tag, Preference = preference };
    }

    private BatchChanged ReadBatch(ref ByteReader from)
    {
        var atMs = Time(ref from);
        var batch = Indexed(ref from);
        var phase = (BatchPhase)from.Byte();
        var flags = from.Byte();
        return new BatchChanged
        {
            AtMs = atMs,
            Batch = batch,
            Phase = phase,
            Key = (flags & RecordFormat.BatchHasKey) != 0 ? Indexed(ref from) : null,
            Format = (flags & RecordFormat.BatchHasFormat) != 0 ? Indexed(ref from) : null,
            FileName = (flags & RecordFormat.BatchHasFileName) != 0 ? Indexed(ref from) : null,
            FileHash = (flags & RecordFormat.BatchHasFileHash) != 0 ? Indexed(ref from) : null,
            Counts = new BatchCounts(
                (long)from.Varint(), (long)from.Varint(), (long)from.Varint(), (long)from.Varint(), (long)from.Varint())
            {
                Suppressed = (flags & RecordFormat.BatchHasSuppressed) != 0 ? (long)from.Varint() : 0,
            },
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
        var entity = 0;
        var profile = new Profile
        {
            Id = Indexed(ref from),
            Name = (flags & RecordFormat.HasName) != 0 ? Indexed(ref from) : null,
            Organisation = (flags & RecordFormat.HasOrganisation) != 0 ? Indexed(ref from) : null,
            Role = (flags & RecordFormat.HasRole) != 0 ? Indexed(ref from) : null,
            Industry = (flags & RecordFormat.HasIndustry) != 0 ? Indexed(ref from) : null,
            Entity = ((entity = from.Byte()) & ~RecordFormat.ProfileImported) is > 0 and var kind ? (EntityKind)(kind - 1) : null,
            IsImported = (entity & RecordFormat.ProfileImported) != 0,
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

using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>
/// Turns consecutive records into one batch of bytes (see <see cref="BatchFormat"/>): <see cref="Begin"/>, then
/// <see cref="Add"/> for each, then <see cref="Finish"/>. Reused from batch to batch; not thread-safe.
/// Every string and number comes back as it was, valid by the rules or not.
/// </summary>
public sealed partial class BatchEncoder
{
    /// <summary>Of a tombstone, with what its neighbours' differences of time and id grow by.</summary>
    private const int TombstoneBytes = 6;

    private readonly TextTable _table = new();
    private readonly CompactTextWriter _tableTexts = new();
    private readonly CompactTextWriter _ids = new();
    private readonly CompactTextWriter _replies = new();
    private readonly ByteWriter _records = new(1 << 16);
    private readonly ByteWriter _texts = new(1 << 14);
    private readonly ByteWriter _batch = new(1 << 16);
    private long _firstPosition;
    private long _atBefore;

    /// <summary>Records added since <see cref="Begin"/>.</summary>
    public int Count { get; private set; }

    /// <summary>About how many bytes the batch has so far, without its table.</summary>
    public int RecordBytes => _records.Length;

    public void Begin(long firstPosition)
    {
        _table.Clear();
        _ids.Restart();
        _replies.Restart();
        _records.Clear();
        _firstPosition = firstPosition;
        _atBefore = 0;
        Count = 0;
        TombstoneRoomBytes = 0;
    }

    public void Add(LogRecord record)
    {
        var before = _records.Length;
        switch (record)
        {
            case Interaction interaction:
                AddInteraction(interaction);
                break;
            case ProfileChanged changed:
                AddProfile(changed);
                break;
            case BlockChanged changed:
                _records.Byte((byte)(changed.IsPlaced ? RecordFormat.BlockPlaced : RecordFormat.BlockLifted));
                AddTime(changed.AtMs);
                AddIndexed(changed.By);
                AddIndexed(changed.Against);
                break;
            case ReportFiled report:
                AddReport(report);
                break;
            case ReportMoved moved:
                _records.Byte(RecordFormat.ReportMoved);
                AddTime(moved.AtMs);
                AddIndexed(moved.Id);
                _records.Byte((byte)moved.State);
                break;
            case AliasChanged alias:
                AddAlias(alias);
                break;
            case InteractionWithdrawn withdrawn:
                AddCorrection(withdrawn, RecordFormat.Withdrawn, withdrawn.Batch, 0);
                _records.Byte((byte)withdrawn.Reason);
                _records.Varint((ulong)withdrawn.Position);
                break;
            case SourceChanged source:
                AddCorrection(source, RecordFormat.Source, source.Batch,
                    (source.IsAdded ? RecordFormat.CorrectionAdds : 0) | (source.GivenTo is null ? 0 : RecordFormat.CorrectionHasGivenTo));
                if (source.GivenTo is { } given) AddList(given);
                break;
            case BatchChanged batch:
                AddBatch(batch);
                break;
            case PreferenceChanged preference:
                AddPreference(preference);
                break;
            case ModelTrained model:
                AddModel(model);
                break;
            case NudgeChanged nudge:
                AddNudge(nudge);
                break;
            case KeysRequirement keys:
                _records.Byte((byte)(keys.Stands ? RecordFormat.KeysRequired : RecordFormat.KeysNotRequired));
                AddTime(keys.AtMs);
                break;
            case AskChanged or AccessRecorded or SubscriptionChanged or SubscriptionAdvanced or BeginningStated:
                AddOutreach(record);
                break;
            case PersonErased erased:
                _records.Byte(RecordFormat.Erased);
                AddTime(erased.AtMs);
                _records.ZigZag(erased.Tombstones);
                break;
            case Tombstone:
                _records.Byte(RecordFormat.Tombstone);
                break;
            default:
                throw new ArgumentException($"A record of type {record.GetType().Name} has no binary form.", nameof(record));
        }
        Count++;
        TombstoneRoomBytes += Math.Max(0, TombstoneBytes - (_records.Length - before));
    }

    private void AddNudge(NudgeChanged nudge)
    {
        _records.Byte((byte)RecordFormat.Nudge);
        AddTime(nudge.AtMs);
        AddIndexed(nudge.Person);
        AddIndexed(nudge.Nudge);
        AddIndexed(nudge.Other);
        AddIndexed(nudge.Rule);
        _records.Byte((byte)nudge.State);
        _records.Byte((byte)nudge.Scope);
        _records.ZigZag(nudge.UntilMs ?? 0);
    }

    /// <summary>
    /// What to add to a batch so that nearly always it can be written over in place when its records become tombstones,
    /// which are larger than the smallest records.
    /// </summary>
    public int TombstoneRoomBytes { get; private set; }

    /// <summary>
    /// The batch's bytes, filled up with zeros to <paramref name="leastBytes"/>, or by <paramref name="spareBytes"/> where
    /// that is more; good until the next <see cref="Begin"/>.
    /// </summary>
    public ReadOnlySpan<byte> Finish(int leastBytes = 0, int spareBytes = 0)
    {
        var batch = _batch;
        batch.Clear();
        batch.Bytes(BatchFormat.Magic);
        batch.Byte(BatchFormat.Version);
        batch.UInt32(0);
        batch.Varint((ulong)_firstPosition);
        batch.Varint((ulong)Count);
        foreach (var text in _table.Texts)
        {
            _tableTexts.Restart();
            _tableTexts.Write(text, _texts);
        }
        batch.Varint((ulong)_table.Texts.Length);
        batch.Varint((ulong)_texts.Length);
        batch.Bytes(_texts.Written);
        _texts.Clear();
        batch.Bytes(_records.Written);
        batch.Zeros(Math.Max(spareBytes, leastBytes - batch.Length));
        batch.PatchUInt32(BatchFormat.HeaderBytes - sizeof(uint), Crc32C.Of(batch.Written[BatchFormat.HeaderBytes..]));
        _table.Clear();
        return batch.Written;
    }

    private void AddInteraction(Interaction interaction)
    {
        var to = _records;
        var extras = Extras(interaction);
        var flags = RecordFormat.Interaction;
        if (interaction.To.Length == 1) flags |= RecordFormat.OneRecipient;
        if (interaction.Channel is not null) flags |= RecordFormat.HasChannel;
        if (interaction.Venue is not null) flags |= RecordFormat.HasVenue;
        if (interaction.InReplyTo is not null) flags |= RecordFormat.HasInReplyTo;
        if (interaction.About is not null) flags |= RecordFormat.HasAbout;
        if (extras != 0) flags |= RecordFormat.HasExtras;
        to.Byte((byte)flags);
        to.Byte((byte)interaction.Kind);
        _ids.Write(interaction.Id, to);
        AddTime(interaction.AtMs);
        AddIndexed(interaction.From);
        if (interaction.To.Length != 1) to.Varint((ulong)interaction.To.Length);
        foreach (var recipient in interaction.To) AddIndexed(recipient);
        if (interaction.Channel is not null) AddIndexed(interaction.Channel);
        if (interaction.Venue is not null) AddIndexed(interaction.Venue);
        if (interaction.InReplyTo is not null) _replies.Write(interaction.InReplyTo, to);
        if (interaction.About is not null) AddIndexed(interaction.About);
        if (extras == 0) return;
        to.Byte((byte)extras);
        if ((extras & RecordFormat.HasExchange) != 0) to.Byte((byte)interaction.Exchange);
        if ((extras & RecordFormat.HasSetting) != 0) to.Byte((byte)interaction.Setting);
        if ((extras & RecordFormat.HasWholeLength) != 0) to.Varint((ulong)interaction.LengthSeconds.GetValueOrDefault());
        if ((extras & RecordFormat.HasOtherLength) != 0)
            to.UInt64(BitConverter.DoubleToUInt64Bits(interaction.LengthSeconds.GetValueOrDefault()));
        if ((extras & RecordFormat.HasReading) != 0) AddReading(interaction);
        if ((extras & RecordFormat.HasOrigin) != 0) AddOrigin(interaction);
    }

    private void AddCorrection(CorrectionRecord correction, int type, string? batch, int flags)
    {
        var of = correction.Interaction;
        if (correction.Key is not null) flags |= RecordFormat.CorrectionHasKey;
        if (batch is not null) flags |= RecordFormat.CorrectionHasBatch;
        if (of is not null) flags |= RecordFormat.CorrectionHasInteraction;
        if (of?.About is not null) flags |= RecordFormat.CorrectionHasAbout;
        if (of?.LengthSeconds is not null) flags |= RecordFormat.CorrectionHasLength;
        _records.Byte((byte)type);
        _records.Byte((byte)flags);
        AddTime(correction.AtMs);
        _ids.Write(correction.Id, _records);
        if (correction.Key is { } key) AddIndexed(key);
        if (batch is not null) AddIndexed(batch);
        if (of is null) return;
        _records.Byte((byte)of.Kind);
        AddTime(of.AtMs);
        AddIndexed(of.From);
        AddList(of.To);
        if (of.About is { } about) AddIndexed(about);
        if (of.LengthSeconds is { } length) _records.UInt64(BitConverter.DoubleToUInt64Bits(length));
    }

    private void AddModel(ModelTrained model)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(model.Parameters.Length, RecordFormat.MostParameters);
        _records.Byte((byte)RecordFormat.Model);
        AddTime(model.AtMs);
        _records.Byte((byte)model.Kind);
        _records.ZigZag(model.GridMs);
        _records.ZigZag(model.Position);
        _records.ZigZag(model.Interactions);
        _records.ZigZag(model.WindowDays);
        _records.ZigZag(model.Rows);
        _records.Varint((ulong)model.Parameters.Length);
        foreach (var parameter in model.Parameters) _records.UInt64(BitConverter.DoubleToUInt64Bits(parameter));
    }

    private void AddPreference(PreferenceChanged changed)
    {
        var flags = changed.Other is null ? 0 : RecordFormat.PreferenceHasOther;
        if (changed.Tag is not null) flags |= RecordFormat.PreferenceHasTag;
        if (changed.Preference is { } stated)
        {
            flags |= RecordFormat.PreferenceStands;
            if (stated.CadenceDays is not null) flags |= RecordFormat.PreferenceHasCadence;
            if (stated.Setting is not null) flags |= RecordFormat.PreferenceHasSetting;
            if (stated.Hidden) flags |= RecordFormat.PreferenceHides;
        }
        _records.Byte((byte)RecordFormat.Preference);
        _records.Byte((byte)flags);
        AddTime(changed.AtMs);
        AddIndexed(changed.Person);
        if (changed.Other is { } other) AddIndexed(other);
        if (changed.Tag is { } tag) AddIndexed(tag);
        if (changed.Preference is not { } preference) return;
        if (preference.CadenceDays is { } days) _records.UInt64(BitConverter.DoubleToUInt64Bits(days));
        if (preference.Setting is { } setting) _records.Byte((byte)setting);
        AddList([.. preference.Tags]);
    }

    private void AddBatch(BatchChanged batch)
    {
        var flags = batch.Key is null ? 0 : RecordFormat.BatchHasKey;
        if (batch.Format is not null) flags |= RecordFormat.BatchHasFormat;
        if (batch.FileName is not null) flags |= RecordFormat.BatchHasFileName;
        if (batch.FileHash is not null) flags |= RecordFormat.BatchHasFileHash;
        if (batch.Counts.Suppressed > 0) flags |= RecordFormat.BatchHasSuppressed;
        _records.Byte(RecordFormat.Batch);
        AddTime(batch.AtMs);
        AddIndexed(batch.Batch);
        _records.Byte((byte)batch.Phase);
        _records.Byte((byte)flags);
        if (batch.Key is { } key) AddIndexed(key);
        if (batch.Format is { } format) AddIndexed(format);
        if (batch.FileName is { } fileName) AddIndexed(fileName);
        if (batch.FileHash is { } fileHash) AddIndexed(fileHash);
        _records.Varint((ulong)batch.Counts.Accepted);
        _records.Varint((ulong)batch.Counts.Duplicates);
        _records.Varint((ulong)batch.Counts.Conflicts);
        _records.Varint((ulong)batch.Counts.Retracted);
        _records.Varint((ulong)batch.Counts.Rejected);
        if (batch.Counts.Suppressed > 0) _records.Varint((ulong)batch.Counts.Suppressed);
    }

    private void AddReading(Interaction interaction)
    {
        var reading = interaction.ExchangeBy is ExchangeBy.Reader ? RecordFormat.ByReader : 0;
        if (interaction.ExchangeConfidence is not null) reading |= RecordFormat.HasConfidence;
        if (interaction.Series is not null) reading |= RecordFormat.HasSeries;
        _records.Byte((byte)reading);
        if (interaction.ExchangeConfidence is { } confidence) _records.UInt64(BitConverter.DoubleToUInt64Bits(confidence));
        if (interaction.Series is { } series) AddIndexed(series);
    }

    private void AddOrigin(Interaction interaction)
    {
        var origin = interaction.IsAmendment ? RecordFormat.IsAmendment : 0;
        if (interaction.Batch is not null) origin |= RecordFormat.HasBatch;
        if (interaction.Key is not null) origin |= RecordFormat.HasKey;
        if (interaction.GivenTo is not null) origin |= RecordFormat.HasGivenTo;
        _records.Byte((byte)origin);
        if (interaction.Batch is { } batch) AddIndexed(batch);
        if (interaction.Key is { } key) AddIndexed(key);
        if (interaction.GivenTo is { } given) AddList(given);
    }

    private static int Extras(Interaction interaction)
    {
        var extras = 0;
        if (interaction.Exchange != default) extras |= RecordFormat.HasExchange;
        if (interaction.Setting != default) extras |= RecordFormat.HasSetting;
        if (interaction.Personalised is { } personalised)
            extras |= RecordFormat.SaysPersonalised | (personalised ? RecordFormat.IsPersonalised : 0);
        if (interaction.ExchangeBy != default || interaction.ExchangeConfidence is not null || interaction.Series is not null)
            extras |= RecordFormat.HasReading;
        if (interaction.Batch is not null || interaction.Key is not null || interaction.IsAmendment || interaction.GivenTo is not null)
            extras |= RecordFormat.HasOrigin;
        if (interaction.LengthSeconds is { } length) extras |= IsWhole(length) ? RecordFormat.HasWholeLength : RecordFormat.HasOtherLength;
        return extras;
    }

    /// <summary>Only what comes back bit by bit: not NaN, not minus zero, no fraction.</summary>
    private static bool IsWhole(double length) =>
        length is >= 0 and < uint.MaxValue && BitConverter.DoubleToInt64Bits((uint)length) == BitConverter.DoubleToInt64Bits(length);

    private void AddProfile(ProfileChanged changed)
    {
        var profile = changed.Profile;
        var to = _records;
        var hasLists = profile.Offers.Length + profile.Audience.Length + profile.Tags.Length > 0;
        var flags = RecordFormat.Profile;
        if (profile.Name is not null) flags |= RecordFormat.HasName;
        if (profile.Organisation is not null) flags |= RecordFormat.HasOrganisation;
        if (profile.Role is not null) flags |= RecordFormat.HasRole;
        if (profile.Industry is not null) flags |= RecordFormat.HasIndustry;
        if (profile.OpenToIntroductions) flags |= RecordFormat.OpenToIntroductions;
        if (hasLists) flags |= RecordFormat.HasLists;
        to.Byte((byte)flags);
        AddTime(changed.AtMs);
        AddIndexed(profile.Id);
        if (profile.Name is not null) AddIndexed(profile.Name);
        if (profile.Organisation is not null) AddIndexed(profile.Organisation);
        if (profile.Role is not null) AddIndexed(profile.Role);
        if (profile.Industry is not null) AddIndexed(profile.Industry);
        to.Byte((byte)((profile.Entity is { } entity ? (int)entity + 1 : 0) | (profile.IsImported ? RecordFormat.ProfileImported : 0)));
        if (!hasLists) return;
        AddList(profile.Offers);
        AddList(profile.Audience);
        AddList(profile.Tags);
    }

    private void AddReport(ReportFiled report)
    {
        _records.Byte(RecordFormat.Report);
        AddTime(report.AtMs);
        AddIndexed(report.Id);
        AddIndexed(report.Reporter);
        AddIndexed(report.About);
        _records.Byte((byte)report.Reason);
        AddList(report.Evidence);
    }

    private void AddAlias(AliasChanged alias)
    {
        _records.Byte((byte)(RecordFormat.AliasMerged + ((int)alias.Change << 2)));
        AddTime(alias.AtMs);
        AddIndexed(alias.One);
        AddIndexed(alias.Other);
        var bits = alias.Canonical is null ? 0 : RecordFormat.AliasHasCanonical;
        if (alias.Rule is not null) bits |= RecordFormat.AliasHasRule;
        if (alias.Batch is not null) bits |= RecordFormat.AliasHasBatch;
        _records.Byte((byte)bits);
        if (alias.Canonical is { } canonical) AddIndexed(canonical);
        if (alias.Rule is { } rule) AddIndexed(rule);
        if (alias.Batch is { } batch) AddIndexed(batch);
    }

    private void AddList(string[] texts)
    {
        _records.Varint((ulong)texts.Length);
        foreach (var text in texts) AddIndexed(text);
    }

    private void AddIndexed(string text) => _records.Varint((ulong)_table.IndexOf(text));

    private void AddTime(long atMs)
    {
        // Wraps around between the extremes, and back when read.
        _records.ZigZag(unchecked(atMs - _atBefore));
        _atBefore = atMs;
    }
}

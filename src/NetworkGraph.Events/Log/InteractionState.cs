using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>A record with its place in the log.</summary>
public readonly record struct PlacedRecord(long Position, LogRecord Record)
{
    /// <summary>Of records found under the hash of an id, those that are of that id.</summary>
    public static List<PlacedRecord> Of(string id, IReadOnlyList<long> positions, IReadOnlyList<LogRecord> records)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(records);
        var placed = new List<PlacedRecord>(records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            if ((records[i] is KeysRequirement && id == KeysRequirement.Id)
                || (records[i] is Interaction interaction && interaction.Id == id)
                || (records[i] is CorrectionRecord correction && correction.Id == id))
                placed.Add(new PlacedRecord(positions[i], records[i]));
        }
        return placed;
    }
}

/// <summary>One source of an interaction: a batch, or the direct call.</summary>
/// <param name="Batch">The batch; null for the direct call.</param>
/// <param name="Interaction">What this source sent, as far as it is kept.</param>
/// <param name="GivenTo">The recipients that it named; null where they were all of the interaction's.</param>
public readonly record struct InteractionSource(string? Batch, Interaction Interaction, string[]? GivenTo)
{
    public string[] Recipients => GivenTo ?? Interaction.To;
}

/// <summary>What became of a request, and the records that it comes to; those are appended in this order, or none.</summary>
public readonly record struct Judgement(AppendOutcome Outcome, long Position, LogRecord[] Records)
{
    /// <summary>Another key wrote what stands there.</summary>
    public bool IsOfAnotherKey { get; init; }
}

/// <summary>
/// Problem: what does an id mean at a point of the log, and what does a further record with that id come to?
/// Method: the records of the id are folded in order. An interaction counts while one of its sources stands and it is not
/// retracted; the log never rewrites, so whatever changes what counts is a withdrawal of the record that counted, followed
/// by the record that counts instead. Folds to the right of the log therefore know two things only: an interaction at a
/// position counts, and the interaction at a position no longer does.
/// Both logs decide by this, inside the transaction that appends; so two requests for one id never see the same state.
/// Cost: the records of one id, which are few.
/// </summary>
public sealed class InteractionState
{
    private readonly List<InteractionSource> _sources = [];
    private bool _superseded;

    private InteractionState()
    {
    }

    /// <summary>The interaction as it counts, or did last; null where the log has none of this id.</summary>
    public Interaction? Current { get; private set; }

    /// <summary>Where <see cref="Current"/> stands; 0 for nothing.</summary>
    public long Position { get; private set; }

    /// <summary>It counts.</summary>
    public bool Stands { get; private set; }

    public bool IsRetracted { get; private set; }

    /// <summary>It was amended: what its sources sent no longer decides its content.</summary>
    public bool IsAmended { get; private set; }

    /// <summary>The sources that stand, in the order they came.</summary>
    public IReadOnlyList<InteractionSource> Sources => _sources;

    /// <summary>
    /// Whether ids of this family (<c>mail:</c>, <c>ics:</c>) come from several copies of one message: they are compared by
    /// sender and time, and their recipients are the union over the standing sources.
    /// </summary>
    public static bool IsUnion(string id) => id.StartsWith("mail:", StringComparison.Ordinal)
        || id.StartsWith("ics:", StringComparison.Ordinal);

    /// <summary>Folds the records of an id in the order of the log; those of other ids are passed over.</summary>
    public static InteractionState Of(string id, IEnumerable<PlacedRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var state = new InteractionState();
        foreach (var (position, record) in records) state.Add(id, position, record);
        return state;
    }

    /// <summary>What sending an interaction comes to. <paramref name="isSameContent"/>: by fingerprint, as <see cref="Current"/>.</summary>
    public Judgement Judge(Interaction sent, bool isSameContent, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(sent);
        if (sent.IsAmendment) return JudgeAmendment(sent, nowMs);
        if (Current is null) return new Judgement(AppendOutcome.Accepted, 0, [sent]);
        if (IsRetracted) return Unchanged(AppendOutcome.Retracted, sent.Key);
        if (!Stands) return new Judgement(AppendOutcome.Accepted, 0, [sent]);
        if (!isSameContent) return Unchanged(AppendOutcome.Conflict, sent.Key);
        var known = _sources.FindIndex(source => source.Batch == sent.Batch);
        var own = known < 0 ? sent.To : Union(_sources[known].Recipients, sent.To);
        if (IsUnion(sent.Id) && !IsAmended && Union(Current.To, own) is var all && all.Length > Current.To.Length)
            return Duplicate([Withdraw(WithdrawalReason.Superseded, null, sent.Key, nowMs), Copy(sent, all, own, sent.Batch, Current.Key)]);
        if (known >= 0 && (!IsUnion(sent.Id) || own.Length == _sources[known].Recipients.Length))
            return Unchanged(AppendOutcome.Duplicate, sent.Key);
        return Duplicate([new SourceChanged
        {
            AtMs = nowMs,
            Id = sent.Id,
            Key = sent.Key,
            Batch = sent.Batch,
            IsAdded = true,
            GivenTo = IsUnion(sent.Id) && own.Length < Current.To.Length ? own : null,
            Interaction = Current,
        }]);
    }

    /// <summary>What a request to retract, or to withdraw a source, comes to.</summary>
    public Judgement Judge(InteractionWithdrawn asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        if (Current is null) return new Judgement(AppendOutcome.NotFound, 0, []);
        if (asked.Reason is WithdrawalReason.Retracted)
        {
            if (IsRetracted) return Unchanged(AppendOutcome.Duplicate, asked.Key);
            return Stands
                ? new Judgement(AppendOutcome.Accepted, 0, [Withdraw(WithdrawalReason.Retracted, null, asked.Key, asked.AtMs)])
                : new Judgement(AppendOutcome.NotFound, 0, []);
        }
        var source = _sources.FindIndex(known => known.Batch == asked.Batch);
        if (source < 0) return Unchanged(AppendOutcome.Duplicate, asked.Key);
        if (Stands && _sources.Count == 1)
            return new Judgement(
                AppendOutcome.Accepted, 0, [Withdraw(WithdrawalReason.SourceWithdrawn, asked.Batch, asked.Key, asked.AtMs)]);
        var removed = new SourceChanged
        {
            AtMs = asked.AtMs,
            Id = asked.Id,
            Key = asked.Key,
            Batch = asked.Batch,
            IsAdded = false,
            Interaction = Current
        };
        if (!Stands || IsAmended || !IsUnion(asked.Id)) return new Judgement(AppendOutcome.Accepted, 0, [removed]);
        // What remains is as if this source had never been: its recipients go, unless another source names them.
        var remaining = _sources.Where((_, i) => i != source).ToList();
        var to = remaining.Aggregate(Array.Empty<string>(), (all, next) => Union(all, next.Recipients));
        if (to.Length == Current.To.Length) return new Judgement(AppendOutcome.Accepted, 0, [removed]);
        var first = remaining[0];
        return new Judgement(AppendOutcome.Accepted, 0,
            [removed, Withdraw(WithdrawalReason.Superseded, null, asked.Key, asked.AtMs),
                Copy(first.Interaction, to, first.Recipients, first.Batch, first.Interaction.Key)]);
    }

    private Judgement JudgeAmendment(Interaction sent, long nowMs)
    {
        if (Current is null) return new Judgement(AppendOutcome.NotFound, 0, []);
        if (!Stands) return new Judgement(AppendOutcome.Accepted, 0, [sent]);
        return IsSame(Current, sent)
            ? Unchanged(AppendOutcome.Duplicate, sent.Key)
            : new Judgement(AppendOutcome.Accepted, 0, [Withdraw(WithdrawalReason.Superseded, null, sent.Key, nowMs), sent]);
    }

    private void Add(string id, long position, LogRecord record)
    {
        switch (record)
        {
            case Interaction interaction when interaction.Id == id:
                // Nothing stood: what comes now begins anew, with its own source alone.
                if (!Stands && !IsRetracted && !_superseded) _sources.Clear();
                (Current, Position, Stands, IsRetracted, _superseded) = (interaction, position, true, false, false);
                IsAmended = interaction.IsAmendment || (IsAmended && _sources.Count > 0);
                AddSource(new InteractionSource(interaction.IsAmendment ? null : interaction.Batch, interaction, interaction.GivenTo));
                break;
            case SourceChanged { IsAdded: true } added when added.Id == id:
                AddSource(new InteractionSource(added.Batch, Current ?? added.Interaction!, added.GivenTo ?? Current?.To));
                break;
            case SourceChanged removed when removed.Id == id:
                _sources.RemoveAll(source => source.Batch == removed.Batch);
                break;
            case InteractionWithdrawn withdrawn when withdrawn.Id == id:
                Stands = false;
                _superseded = withdrawn.Reason is WithdrawalReason.Superseded;
                IsRetracted = withdrawn.Reason is WithdrawalReason.Retracted;
                if (withdrawn.Reason is WithdrawalReason.SourceWithdrawn) _sources.Clear();
                break;
        }
    }

    private void AddSource(InteractionSource source)
    {
        var known = _sources.FindIndex(one => one.Batch == source.Batch);
        if (known < 0) _sources.Add(source);
        else _sources[known] = source;
    }

    private Judgement Unchanged(AppendOutcome outcome, string? key) =>
        new(outcome, Position, []) { IsOfAnotherKey = Current is not null && Current.Key != key };

    private Judgement Duplicate(LogRecord[] records) => new(AppendOutcome.Duplicate, Position, records);

    private InteractionWithdrawn Withdraw(WithdrawalReason reason, string? batch, string? key, long nowMs) => new()
    {
        AtMs = nowMs,
        Id = Current!.Id,
        Key = key,
        Reason = reason,
        Batch = batch,
        Position = Position,
        Interaction = Current,
    };

    private static Interaction Copy(Interaction of, string[] to, string[] own, string? batch, string? key) => new()
    {
        Id = of.Id,
        AtMs = of.AtMs,
        From = of.From,
        To = to,
        Kind = of.Kind,
        Exchange = of.Exchange,
        ExchangeBy = of.ExchangeBy,
        ExchangeConfidence = of.ExchangeConfidence,
        Setting = of.Setting,
        Channel = of.Channel,
        Venue = of.Venue,
        Series = of.Series,
        InReplyTo = of.InReplyTo,
        About = of.About,
        Personalised = of.Personalised,
        LengthSeconds = of.LengthSeconds,
        Batch = batch,
        Key = key,
        GivenTo = own.Length == to.Length ? null : own,
    };

    private static string[] Union(string[] first, string[] second)
    {
        if (Array.TrueForAll(second, person => Array.IndexOf(first, person) >= 0)) return first;
        // Of two lists in different orders the union must not depend on which source came first.
        var all = first.Union(second, StringComparer.Ordinal).ToArray();
        Array.Sort(all, StringComparer.Ordinal);
        return all;
    }

    private static bool IsSame(Interaction a, Interaction b) =>
        a.AtMs == b.AtMs && a.From == b.From && a.To.AsSpan().SequenceEqual(b.To) && a.Kind == b.Kind && a.Exchange == b.Exchange
            && a.Setting == b.Setting
        && a.ExchangeBy == b.ExchangeBy && a.ExchangeConfidence == b.ExchangeConfidence && a.Channel == b.Channel && a.Venue == b.Venue
            && a.Series == b.Series
        && a.InReplyTo == b.InReplyTo && a.About == b.About && a.Personalised == b.Personalised && a.LengthSeconds == b.LengthSeconds;
}

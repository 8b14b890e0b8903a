using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Identity;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>
/// Where an import goes: a log, with what is known from it. Over a folder that nobody serves the log is read for that; a server has it
/// folded already.
/// </summary>
internal sealed class ImportTarget : IDisposable
{
    /// <summary>So many interactions are looked up to say how many of them are new.</summary>
    private const int MostLookedUp = 100_000;

    private const int RecordsAtOnce = 2048;
    private static readonly TimeSpan s_tryAgainAfter = TimeSpan.FromMilliseconds(50);

    private readonly IInteractionLog _log;
    private readonly TimeProvider _time;
    private readonly Viewer _viewer;
    private readonly EmbeddedPeople? _people;
    private readonly LogAppend _append;
    private ImportedProfiles? _profiles;
    private RestoredRecords? _restored;
    private FoldedLog? _folded;
    private long _lookedUp;
    private long _new;

    /// <param name="log">Where records go.</param>
    /// <param name="people">What is folded of the log; null where nobody has.</param>
    /// <param name="viewer">Who imports: what they are told of others' records, and whose records they may take back.</param>
    /// <param name="metrics">Counts what becomes of records; null for nobody.</param>
    /// <param name="time">The clock.</param>
    public ImportTarget(IInteractionLog log, EmbeddedPeople? people, Viewer viewer, IngestMetrics? metrics, TimeProvider time)
    {
        (_log, _people, _viewer, _time) = (log, people, viewer, time);
        _append = new LogAppend(log, time, metrics, !viewer.MaySeeAllInteractions);
    }

    /// <summary>Position of the last record that the import wrote; 0 for none.</summary>
    public long LastPosition { get; private set; }

    public async Task BeginAsync(ImportRun run)
    {
        if (run.RestoresImports) _restored = await RestoredRecords.ReadAsync(_log, _append.AppendAsync, run.Cancellation);
        else _profiles = new ImportedProfiles(_append.AppendAsync, KnownProfilesAsync, run.ReplacesProfiles, _viewer.MaySeeAllInteractions);
        await ChangeAsync(run, BatchPhase.Started);
    }

    public ValueTask<AppendAnswer> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation) =>
        _restored?.AppendAsync(records, cancellation) ?? _profiles!.AppendAsync(records, cancellation);

    public async Task EndAsync(ImportRun run)
    {
        await ChangeAsync(run,
            run.State switch
            {
                ImportRunState.Done => BatchPhase.Finished,
                ImportRunState.Cancelled => BatchPhase.Stopped,
                _ =>
            BatchPhase.Failed
            });
        LastPosition = _log.LastPosition;
    }

    /// <summary>Takes in nothing, and counts what the log does not have; where that is for this viewer to know.</summary>
    public async ValueTask<AppendAnswer> LookUpAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        if (!_viewer.MaySeeAllInteractions) return new AppendAnswer(records.Count, 0, []);
        foreach (var record in records)
        {
            // Several batches may be looked up at once.
            if (record is not Interaction { Id: var id } || Interlocked.Increment(ref _lookedUp) > MostLookedUp) continue;
            if ((await _log.FindAsync(id, cancellation)).Count == 0) Interlocked.Increment(ref _new);
        }
        return new AppendAnswer(records.Count, 0, []);
    }

    /// <summary>What the log did not have of what was looked up; null where that is not known, or not for this viewer to know.</summary>
    public (long Interactions, int People)? New(ImportSummary summary)
    {
        if (_people is null || !_viewer.MaySeeAllInteractions || _lookedUp > MostLookedUp) return null;
        return (_new, summary.Ids.Count(id => !_people.Histories.People.TryGetNumber(id, out _)));
    }

    /// <summary>
    /// Retracts the meetings that a calendar takes back, each with all that was made of it. Returns how many interactions that were.
    /// Cost: reads the log from the first calendar on.
    /// </summary>
    public async Task<int> RetractAsync(IReadOnlyCollection<CancelledMeeting> cancelled, CancellationToken cancellation)
    {
        if (cancelled.Count == 0) return 0;
        var ids = cancelled.Select(meeting => meeting.Id).ToHashSet(StringComparer.Ordinal);
        var series = cancelled.Where(meeting => meeting.IsSeries && meeting.Series is not null).Select(
            meeting => meeting.Series!).ToHashSet(StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var batch in _log.ReadAsync(FirstCalendar() - 1, cancellation))
        {
            foreach (var record in batch.Records)
                if (record is Interaction interaction && MayRetract(interaction) && IsOf(interaction, ids, series))
                    found.Add(interaction.Id);
        }
        var retracted = 0;
        foreach (var some in found.Chunk(RecordsAtOnce))
        {
            var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
            var results = await AppendPatientlyAsync(
                [.. some.Select(id =>
                    new InteractionWithdrawn { AtMs = nowMs, Id = id, Key = _viewer.KeyId, Reason = WithdrawalReason.Retracted })],
                    cancellation);
            retracted += results.Count(result => result.Outcome is AppendOutcome.Accepted);
        }
        return retracted;
    }

    /// <summary>
    /// Merges ids that a source shows to be one person's, where nobody has said otherwise; who is who is for those to say who may see
    /// everybody. They are the import's, and end with it. Returns how many merges that were.
    /// </summary>
    public async Task<int> MergeAsync(IReadOnlyCollection<SamePerson> samePeople, string batch, CancellationToken cancellation)
    {
        if (samePeople.Count == 0 || !_viewer.MaySeeAllInteractions) return 0;
        var aliases = _people?.Aliases ?? (await FoldedAsync(cancellation)).Aliases;
        var joined = new Dictionary<string, string>(StringComparer.Ordinal);
        var merges = new List<LogRecord>();
        foreach (var (id, other, evidence) in samePeople)
        {
            var (one, two) = (Root(aliases.CanonicalOf(id)), Root(aliases.CanonicalOf(other)));
            if (one == two || aliases.AreDistinct(id, other)) continue;
            joined[two] = one;
            merges.Add(new AliasChanged
            {
                AtMs = _time.GetUtcNow().ToUnixTimeMilliseconds(),
                One = id,
                Other = other,
                Change = AliasChange.Merged,
                Canonical = one,
                Batch = batch,
                Rule = evidence.Length == 0 ? null : evidence,
            });
        }
        foreach (var some in merges.Chunk(RecordsAtOnce)) await AppendPatientlyAsync(some, cancellation);
        return merges.Count;

        string Root(string id)
        {
            while (joined.TryGetValue(id, out var next)) id = next;
            return id;
        }
    }

    public void Dispose() => _profiles?.Dispose();

    /// <summary>The interaction of a meeting has its id; of further ones and of instances, ids begin with it and a slash.</summary>
    private static bool IsOf(Interaction interaction, HashSet<string> ids, HashSet<string> series)
    {
        if (interaction.Series is { } of && series.Contains(of) || ids.Contains(interaction.Id)) return true;
        for (var slash = interaction.Id.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = interaction.Id.IndexOf('/', slash + 1))
            if (ids.Contains(interaction.Id[..slash])) return true;
        return false;
    }

    private bool MayRetract(Interaction interaction) =>
        _viewer.MaySeeAllInteractions || (interaction.Key is not null && interaction.Key == _viewer.KeyId);

    /// <summary>No calendar's meetings stand before this position.</summary>
    private long FirstCalendar()
    {
        if (_people is null) return 1;
        var calendars = _people.Imports.All().Where(
            import => import.Format is null || import.Format.Contains("ics", StringComparison.Ordinal)).ToList();
        return calendars.Count == 0 ? 1 : calendars.Min(import => import.FirstPosition);
    }

    private async Task<Func<string, Profile?>> KnownProfilesAsync(CancellationToken cancellation)
    {
        if (_people is null) return (await FoldedAsync(cancellation)).ProfileOf;
        return id => _people.Histories.People.TryGetNumber(id, out var number) ? _people.Profiles.OwnOf(number) : null;
    }

    private async Task<FoldedLog> FoldedAsync(CancellationToken cancellation) => _folded ??= await FoldedLog.ReadAsync(_log, cancellation);

    private async Task ChangeAsync(ImportRun run, BatchPhase phase)
    {
        if (run.RestoresImports) return;
        var changed = new BatchChanged
        {
            AtMs = _time.GetUtcNow().ToUnixTimeMilliseconds(),
            Batch = run.Request.Batch!,
            Phase = phase,
            Key = _viewer.KeyId,
            Format = run.FormatNames,
            FileName = run.Request.FileName,
            Counts = run.Tally.Counts,
        };
        await AppendPatientlyAsync([changed], CancellationToken.None);
    }

    private async Task<AppendResult[]> AppendPatientlyAsync(LogRecord[] records, CancellationToken cancellation)
    {
        while (true)
        {
            var receipt = await _log.AppendAsync(records, cancellation);
            if (!receipt.Overloaded) return receipt.Results;
            await Task.Delay(s_tryAgainAfter, _time, cancellation);
        }
    }

    /// <summary>Profiles and aliases of a log that nobody has folded, by a walk through all of it.</summary>
    private sealed class FoldedLog
    {
        private readonly Dictionary<string, Profile> _profiles = new(StringComparer.Ordinal);

        public AliasStore Aliases { get; } = new();

        public Profile? ProfileOf(string id) => _profiles.GetValueOrDefault(id);

        public static async Task<FoldedLog> ReadAsync(IInteractionLog log, CancellationToken cancellation)
        {
            var folded = new FoldedLog();
            await foreach (var batch in log.ReadAsync(0, cancellation))
            {
                for (var i = 0; i < batch.Records.Length; i++)
                {
                    if (batch.Records[i] is ProfileChanged changed) folded._profiles[changed.Profile.Id] = changed.Profile;
                    else if (batch.Records[i] is AliasChanged alias) folded.Aliases.Apply(alias, batch.FirstPosition + i);
                }
            }
            return folded;
        }
    }
}

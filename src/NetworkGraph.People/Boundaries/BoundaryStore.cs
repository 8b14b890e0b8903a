using System.Collections.Concurrent;
using NetworkGraph.Events;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Identity;

namespace NetworkGraph.People.Boundaries;

/// <summary>A block: who it is against, since when (Unix ms).</summary>
public readonly record struct PlacedBlock(string Against, long SinceMs);

/// <summary>
/// The fold of blocks and reports. By id, not by number: naming somebody here must not make them known to the network.
/// One writer (<see cref="Apply"/>, <see cref="Forget"/>); any number of readers without locks.
/// </summary>
public sealed class BoundaryStore
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, long>> _blocks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Report> _reports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<long>> _positions = new(StringComparer.Ordinal);
    private int _blockChanges;

    /// <summary>Which ids are one person's: what holds for one of them holds for all.</summary>
    public AliasStore Aliases { get; init; } = new();

    /// <summary>How often a block was placed or lifted, or came to hold for other ids.</summary>
    public int BlockChanges => Volatile.Read(ref _blockChanges) + Aliases.Changes;

    /// <summary>Blocks in force, in no order.</summary>
    public IEnumerable<(string By, PlacedBlock Block)> Blocks =>
        _blocks.SelectMany(by => by.Value, static (by, block) => (by.Key, new PlacedBlock(block.Key, block.Value)));

    /// <summary>All reports, in no order.</summary>
    public ICollection<Report> Reports => _reports.Values;

    /// <summary>Takes in a <see cref="BlockChanged"/>, <see cref="ReportFiled"/> or <see cref="ReportMoved"/>.</summary>
    public void Apply(LogRecord record, long position)
    {
        switch (record)
        {
            case BlockChanged block:
                Remember(position, block.By, block.Against);
                Change(block);
                break;
            case ReportFiled report:
                Remember(position, report.Reporter, report.About);
                _reports[report.Id] = new Report
                {
                    Id = report.Id,
                    AtMs = report.AtMs,
                    Reporter = report.Reporter,
                    About = report.About,
                    Reason = report.Reason,
                    Evidence = report.Evidence,
                    AboutIds = [.. Aliases.IdsOf(report.About)],
                    StateAtMs = report.AtMs,
                    Position = position,
                };
                break;
            case ReportMoved moved:
                // The report may have been erased since, with whom it named.
                if (_reports.TryGetValue(moved.Id, out var known))
                    _reports[moved.Id] = known with { State = moved.State, StateAtMs = moved.AtMs };
                break;
            default:
                throw new ArgumentException($"A {record.GetType().Name} is neither a block nor a report.", nameof(record));
        }
    }

    /// <summary>Whether <paramref name="by"/> blocks <paramref name="other"/>.</summary>
    public bool HasBlocked(string by, string other)
    {
        foreach (var id in Aliases.IdsOf(by))
        {
            if (!_blocks.TryGetValue(id, out var against) || against.IsEmpty) continue;
            foreach (var otherId in Aliases.IdsOf(other))
                if (against.ContainsKey(otherId)) return true;
        }
        return false;
    }

    /// <summary>
    /// Whether <paramref name="viewer"/>, looking at <paramref name="person"/>'s answers, sees the tie with
    /// <paramref name="other"/> as blocked: then its status says so, and nothing suggests <paramref name="other"/> to
    /// <paramref name="person"/>. Everybody else sees it as if there were no block.
    /// </summary>
    public bool ShowsBlocked(Viewer viewer, string person, string other) =>
        (viewer.SeesSideOf(person) && HasBlocked(person, other)) || (viewer.SeesBothSides && HasBlocked(other, person));

    /// <summary>The blocks a person placed, by the canonical id of the blocked; each since the first that holds.</summary>
    public IReadOnlyList<PlacedBlock> BlocksBy(string person) =>
    [
        .. Aliases.IdsOf(person).SelectMany(id => _blocks.TryGetValue(id, out var against) ? against.ToArray() : [])
            .GroupBy(block => Aliases.CanonicalOf(block.Key), StringComparer.Ordinal)
            .Select(static blocks => new PlacedBlock(blocks.Key, blocks.Min(static block => block.Value)))
            .OrderBy(static block => block.Against, StringComparer.Ordinal),
    ];

    public Report? ReportOf(string id) => _reports.GetValueOrDefault(id);

    /// <summary>The reports a person made, oldest first.</summary>
    public IReadOnlyList<Report> ReportsBy(string person) =>
        [.. _reports.Values.Where(report => Aliases.CanonicalOf(report.Reporter) == Aliases.CanonicalOf(person)).OrderBy(
            static report => report.Position)];

    /// <summary>Whether a report is about the person, by any id that is or was theirs when it was made.</summary>
    public bool IsAbout(Report report, string person)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Aliases.IdsOf(person).Any(id => report.About == id || report.AboutIds.Contains(id, StringComparer.Ordinal));
    }

    /// <summary>Where in the log blocks and reports name a person, ascending. Only for the one writer.</summary>
    public IReadOnlyCollection<long> PositionsNaming(string person) => _positions.TryGetValue(person, out var positions) ? positions : [];

    /// <summary>All positions by the person they name. Only for the one writer.</summary>
    internal IReadOnlyDictionary<string, SortedSet<long>> Positions => _positions;

    /// <summary>Forgets every block and report that names a person.</summary>
    public void Forget(string person)
    {
        if (!_positions.Remove(person, out var erased)) return;
        foreach (var positions in _positions.Values) positions.ExceptWith(erased);
        foreach (var (other, positions) in _positions.ToArray())
            if (positions.Count == 0) _positions.Remove(other);
        _blocks.TryRemove(person, out _);
        foreach (var against in _blocks.Values) against.TryRemove(person, out _);
        foreach (var report in _reports.Values)
            if (report.Reporter == person || report.About == person) _reports.TryRemove(report.Id, out _);
        Interlocked.Increment(ref _blockChanges);
    }

    /// <summary>
    /// Forgets everyone whom blocks and reports name at these positions of the log and nowhere else, and says whether there
    /// was anybody: what another node erased.
    /// </summary>
    public bool ForgetAt(IReadOnlySet<long> positions)
    {
        var gone = _positions.Where(named => named.Value.All(positions.Contains)).Select(static named => named.Key).ToArray();
        foreach (var person in gone) Forget(person);
        return gone.Length > 0;
    }

    /// <summary>Puts back a block of a checkpoint.</summary>
    internal void Restore(string by, PlacedBlock block) =>
        _blocks.GetOrAdd(by, static _ => new(StringComparer.Ordinal))[block.Against] = block.SinceMs;

    /// <summary>Puts back a report of a checkpoint.</summary>
    internal void Restore(Report report) => _reports[report.Id] = report;

    /// <summary>Puts back where a checkpoint says that a person is named.</summary>
    internal void Restore(string person, IEnumerable<long> positions) => _positions[person] = [.. positions];

    /// <summary>For all ids that both have now, so that it holds for each of them after a split.</summary>
    private void Change(BlockChanged block)
    {
        foreach (var by in Aliases.IdsOf(block.By))
        {
            var against = _blocks.GetOrAdd(by, static _ => new(StringComparer.Ordinal));
            foreach (var id in Aliases.IdsOf(block.Against))
            {
                if (block.IsPlaced) against.TryAdd(id, block.AtMs);
                else against.TryRemove(id, out _);
            }
        }
        Interlocked.Increment(ref _blockChanges);
    }

    private void Remember(long position, params ReadOnlySpan<string> people)
    {
        foreach (var person in people)
        {
            if (!_positions.TryGetValue(person, out var positions)) _positions[person] = positions = [];
            positions.Add(position);
        }
    }
}

using System.Globalization;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Briefs;
using NetworkGraph.Analytics.Graphs;
using NetworkGraph.Analytics.Groups;
using NetworkGraph.Analytics.Huddles;
using NetworkGraph.Analytics.Map;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Analytics.Overview;
using NetworkGraph.Analytics.Revival;
using NetworkGraph.Analytics.Structure;
using NetworkGraph.Analytics.Timeline;
using NetworkGraph.Analytics.Venues;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Checkpoints;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Referrals;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server;

/// <summary>
/// Everything of one data folder in this process: the log, the fold of it, people, the live network, and the checkpoint
/// that the next start begins from. For serving, and for verbs that read a folder.
/// </summary>
public sealed class EmbeddedNode : IAsyncDisposable
{
    private const string CheckpointName = "folds.checkpoint";
    private readonly CancellationTokenSource _stop = new();
    private readonly FolderLock? _lock;
    private readonly TimeSpan _countHabitsEvery;
    private readonly TimeProvider _time;
    private int _disposed;
    private Task _folding = Task.CompletedTask;
    private Task _checkpointing = Task.CompletedTask;
    private Task _counting = Task.CompletedTask;
    private Task _preparing = Task.CompletedTask;

    private EmbeddedNode(
        IInteractionLog log, FolderLock? folderLock, string folder, RestoredFold start, MeasureOptions measures, LiveNetworkOptions live, TimeProvider time,
        Func<EmbeddedPeople, long, IPeopleHost>? hostPeople)
    {
        Log = log;
        _lock = folderLock;
        People = new EmbeddedPeople(start.Histories, start.Profiles, start.Boundaries, measures, start.Naming, start.Imports, start.Preferences, start.Nudges);
        PeopleHost = hostPeople?.Invoke(People, start.Position) ?? People;
        Network = new LiveNetwork(start.Histories, measures, live, time);
        Fold = new LogFold(log, People, Network, live, time, PeopleHost);
        Fold.StartAfter(start.Position);
        Checkpoints = new CheckpointKeeper(Path.Combine(folder, CheckpointName), log, Fold, People, time);
        Checkpoints.StartedFrom(start.Position);
        Fold.ForgottenForOthers = Checkpoints.DiscardAsync;
        Queries = new NetworkQueries(Network, start.Histories, start.Profiles, start.Boundaries, PeopleHost, measures, time);
        Overview = new OverviewQueries(Network, start.Profiles, measures);
        Venues = new VenueQueries(start.Histories, Network, measures);
        Referrals = new ReferralQueries(start.Histories, measures);
        Structures = new NetworkStructures(Network, live.Structure);
        Structure = new StructureQueries(Network, Structures, start.Histories, start.Profiles, start.Boundaries, measures);
        Graphs = new GraphQueries(Network, start.Histories, start.Profiles, start.Boundaries);
        Groups = new GroupQueries(Network, start.Profiles);
        Pairings = new PairingQueries(Network, start.Histories, start.Profiles, start.Boundaries);
        Map = new MapQueries(Network, Structures, Structure, start.Profiles, measures);
        Timeline = new TimelineQueries(Network, start.Histories, measures);
        Huddles = new HuddleQueries(Network, start.Histories, start.Profiles, start.Boundaries, measures, live.Structure);
        Nudges = new NudgeQueries(Network, Queries, Referrals, People, start.Histories, start.Profiles, start.Boundaries, measures);
        PersonalNudges = new PersonalNudges(Nudges, People, measures.Nudges, time);
        Briefs = new BriefQueries(Network, Queries, Nudges, Referrals, start.Histories, start.Profiles, start.Boundaries, measures);
        Revival = new RevivalQueries(Network, start.Histories, start.Profiles, start.Boundaries, measures);
        Measures = measures;
        (_countHabitsEvery, _time) = (live.CountHabitsEvery, time);
    }

    public IInteractionLog Log { get; }

    public EmbeddedPeople People { get; }

    /// <summary>Who answers for people: those of this process, or whoever a host put in their place.</summary>
    public IPeopleHost PeopleHost { get; }

    public LiveNetwork Network { get; }

    public LogFold Fold { get; }

    public CheckpointKeeper Checkpoints { get; }

    /// <summary>Nudges as each person wants them.</summary>
    public PersonalNudges PersonalNudges { get; }

    public NetworkQueries Queries { get; }

    public OverviewQueries Overview { get; }

    public VenueQueries Venues { get; }

    public ReferralQueries Referrals { get; }

    /// <summary>Communities and what rests on them, computed in the background.</summary>
    public NetworkStructures Structures { get; }

    public StructureQueries Structure { get; }

    /// <summary>What QuikGraph's algorithms answer.</summary>
    public GraphQueries Graphs { get; }

    public GroupQueries Groups { get; }

    public PairingQueries Pairings { get; }

    public MapQueries Map { get; }

    public TimelineQueries Timeline { get; }

    public HuddleQueries Huddles { get; }

    public RevivalQueries Revival { get; }

    public NudgeQueries Nudges { get; }

    public BriefQueries Briefs { get; }

    public MeasureOptions Measures { get; }

    /// <summary>Fails when folding, checkpointing, counting habits or preparing pictures does; else runs until disposal.</summary>
    public Task Running => Task.WhenAll(_folding, _checkpointing, _counting, _preparing);

    /// <summary>
    /// Takes over a log and the folder of its checkpoints. Folding starts with <see cref="Start"/>. A checkpoint that cannot
    /// be used is told to <paramref name="notice"/> and removed, since it may hold what was erased from the log.
    /// </summary>
    /// <exception cref="LogUnavailableException">The folder is in use or not writable.</exception>
    public static async Task<EmbeddedNode> OpenAsync(
        IInteractionLog log, string folder, MeasureOptions measures, LiveNetworkOptions live, TimeProvider time, Action<string> notice,
        Func<EmbeddedPeople, long, IPeopleHost>? hostPeople = null)
    {
        FolderLock? folderLock = null;
        try
        {
            Directory.CreateDirectory(folder);
            // The log on SQLite lives in the folder, and keeps it for this process by itself.
            if (log is not SqliteLog) folderLock = FolderLock.Take(folder);
            var checkpoint = Path.Combine(folder, CheckpointName);
            var reaches = HistoryCheckpoint.PositionOf(checkpoint);
            var lineage = reaches <= log.LastPosition ? await log.LineageAsync(reaches, CancellationToken.None) : "";
            var start = HistoryCheckpoint.TryRead(checkpoint, $"{log.Identity}/{lineage}", log.LastPosition, out var reason);
            if (reason is not null)
            {
                notice(string.Create(CultureInfo.InvariantCulture, $"The checkpoint {checkpoint} is not used: {reason}. The log is read from its beginning."));
                File.Delete(checkpoint);
            }
            File.Delete(HistoryCheckpoint.UnfinishedPath(checkpoint));
            return new EmbeddedNode(log, folderLock, folder, start ?? RestoredFold.Empty(), measures, live, time, hostPeople);
        }
        catch
        {
            await log.DisposeAsync();
            folderLock?.Dispose();
            throw;
        }
    }

    /// <summary>Starts to fold the log and to keep checkpoints.</summary>
    public void Start()
    {
        _folding = Task.Run(() => Fold.RunAsync(_stop.Token), CancellationToken.None);
        _checkpointing = Task.Run(KeepCheckpointsAsync, CancellationToken.None);
        _counting = Task.Run(CountHabitsAsync, CancellationToken.None);
        _preparing = Task.Run(PreparePicturesAsync, CancellationToken.None);
    }

    /// <summary>
    /// Erases a person everywhere: log, histories, snapshots, checkpoint. Returns how many records became tombstones;
    /// null where nobody has that id.
    /// </summary>
    public async Task<int?> EraseAsync(string person, CancellationToken cancellation)
    {
        var erased = await Fold.EraseAsync(person, cancellation);
        if (erased is not null) await Checkpoints.DiscardAsync();
        return erased;
    }

    /// <summary>Stops folding, writes the last checkpoint and closes the log. Once: whoever hosts services disposes what they were given, too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stop.CancelAsync();
        try
        {
            await Structures.DisposeAsync();
            await Running;
            await Checkpoints.FinishAsync(CancellationToken.None);
        }
        finally
        {
            Graphs.Dispose();
            Checkpoints.Dispose();
            Fold.Dispose();
            await Log.DisposeAsync();
            _lock?.Dispose();
            _stop.Dispose();
        }
    }

    private async Task CountHabitsAsync()
    {
        try
        {
            await Network.Habits.RunAsync(_countHabitsEvery, _time, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopping: habits are counted anew at the next start.
        }
    }

    private async Task PreparePicturesAsync()
    {
        try
        {
            await FirstPictures.PrepareAsync(this, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopping: nobody will look at them.
        }
    }

    private async Task KeepCheckpointsAsync()
    {
        try
        {
            await Checkpoints.RunAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopping: the last checkpoint is written on disposal.
        }
    }
}

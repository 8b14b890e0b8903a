using System.Globalization;
using System.Text;
using System.Text.Json;
using NetworkGraph.Analytics;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Checkpoints;

namespace NetworkGraph.LoadTests.Simulation;

/// <summary>
/// Question: does the log, its fold, erasure, aliases, retraction, checkpoints and restarts keep what was acknowledged, whatever fails
/// whenever?
/// Method: everything runs in one thread, in an order that the seed chooses, on a clock of its own. Clients send, repeat, retract, merge,
/// split, block and erase; checkpoints are written; the process is killed between any two steps, what was not flushed is lost from some
/// point on, the checkpoint is torn, flipped, older than the log or of another history, the disk is full or slow, an old copy of all
/// is put back. After each start, and at the end when nothing fails any more and everything must answer within a bound, the records and
/// the fold are compared with a model that knows what was acknowledged, and the fold with a fold from nothing.
/// The same seed is the same world.
/// </summary>
internal sealed class SimulatedWorld : IDisposable
{
    private const int People = 9;
    private const int Ids = 40;
    private const int Clients = 3;
    private const int StepsToQuiet = 60_000;
    private static readonly DateTimeOffset s_start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_people = [
        .. Enumerable.Range(0, People).Select(
        number => string.Create(CultureInfo.InvariantCulture, $"person-number-{number}@simulated.example"))];
    private static readonly LiveNetworkOptions s_options = new()
    { PublishEvery = TimeSpan.FromMilliseconds(20), PublishAtLeastEvery = TimeSpan.FromMilliseconds(50) };

    private readonly Random _random;
    private readonly string _folder;
    private readonly bool _merges;
    private readonly List<string> _faults = [];
    private readonly SimulatedFaults _trouble;
    private SimulatedDisk _disk = new();
    private SimulatedModel _model = new();
    private (SimulatedDisk Disk, SimulatedModel Model)? _backup;
    private byte[]? _oldCheckpoint;

    /// <param name="seed">Decides everything.</param>
    /// <param name="folder">Holds the checkpoint.</param>
    /// <param name="merges">Whether people are merged and split.</param>
    public SimulatedWorld(int seed, string folder, bool merges)
    {
        _merges = merges;
        _random = new Random(seed);
        _folder = folder;
        _trouble = new SimulatedFaults(_random);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Steps made, over all lives of the process.</summary>
    public long Steps { get; private set; }

    /// <summary>How often the process was killed.</summary>
    public int Kills { get; private set; }

    private string CheckpointPath => Path.Combine(_folder, "folds.checkpoint");

    /// <summary>Lives through some kills and an end in quiet. Returns what was wrong, in words; nothing where all is well.</summary>
    public IReadOnlyList<string> Run()
    {
        for (var kills = _random.Next(1, 5); kills > 0 && _faults.Count == 0; kills--) Live(isLast: false);
        if (_faults.Count == 0) Live(isLast: true);
        return _faults;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Live(bool isLast)
    {
        var time = new SimulatedTime(s_start);
        var scheduler = new SeededScheduler(_random, time);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(scheduler);
        try
        {
            Live(scheduler, time, isLast);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
        if (scheduler.WasForeign) _faults.Add("Something ran on another thread: the world is not the seed's alone.");
    }

    private void Live(SeededScheduler scheduler, SimulatedTime time, bool isLast)
    {
        _trouble.IsQuiet = false;
        var log = new SimulatedLog(_disk, _trouble, time, _trouble.NewName());
        var restored = Restored(log);
        var people = new EmbeddedPeople(
            restored.Histories, restored.Profiles, restored.Boundaries, PeopleOptions.Default, restored.Naming, restored.Imports,
                restored.Preferences, restored.Nudges);
        var network = new LiveNetwork(people.Histories, PeopleOptions.Default, s_options, time);
        var fold = new LogFold(log, people, network, s_options, time);
        var checkpoints = new CheckpointKeeper(CheckpointPath, log, fold, people, time, async (write, _) =>
        {
            await SeededScheduler.PauseAsync();
            write();
        });
        fold.StartAfter(restored.Position);
        fold.Forgotten = checkpoints.DiscardAsync;
        var running = scheduler.Start(() => fold.RunAsync(CancellationToken.None));
        var acts = isLast ? 30 : _random.Next(5, 60);
        var clients = Enumerable.Range(0, Clients).Select(
            client => scheduler.Start(() => ClientAsync(client, acts, log, fold, checkpoints, time))).ToList();
        var moment = isLast ? int.MaxValue : _random.Next(20, 4_000);
        if (!scheduler.Run(() => scheduler.Steps >= moment || clients.TrueForAll(client => client.IsCompleted), StepsToQuiet))
            _faults.Add($"With faults, after {StepsToQuiet} steps {clients.Count(client => !client.IsCompleted)} clients wait; the fold "
                + $"is {running.Status}, at {fold.Progress}, ready: {fold.Ready.Status}.");
        if (running.IsFaulted) _faults.Add($"The fold failed: {running.Exception!.InnerException}");
        foreach (var client in clients.Where(client => client.IsFaulted))
            _faults.Add($"A client failed: {client.Exception!.InnerException}");
        if (!isLast && _faults.Count == 0)
        {
            Steps += scheduler.Steps;
            Kill(scheduler);
            return;
        }
        _trouble.IsQuiet = true;
        var isSettled = scheduler.Run(
            () => clients.TrueForAll(client => client.IsCompleted) && fold.Progress.Position == _disk.Count
                && network.Current.Position == _disk.Count, StepsToQuiet);
        Steps += scheduler.Steps;
        if (!isSettled)
            _faults.Add($"With no fault any more, after {StepsToQuiet} steps {clients.Count(client => !client.IsCompleted)} clients wait, "
                + $"{fold.Progress.Position} of {_disk.Count} records are folded and {network.Current.Position} published.");
        if (_faults.Count > 0) return;
        CheckRecords(log);
        CheckFold(people, time);
        scheduler.Kill();
    }

    /// <summary>The process is gone from one step to the next; and what it left may not be what it wrote.</summary>
    private void Kill(SeededScheduler scheduler)
    {
        scheduler.Kill();
        Kills++;
        _disk.Fail(_random);
        DamageCheckpoint();
        if (_random.Next(6) == 0) _backup = (_disk.Copy(), _model.Copy());
        if (_backup is { } backup && _random.Next(8) == 0)
        {
            // An older state of the log is put in place, beside the newer checkpoint. What was acknowledged since is lost on purpose.
            (_disk, _model) = (backup.Disk.Copy(), backup.Model.Copy());
        }
    }

    private void DamageCheckpoint()
    {
        if (!File.Exists(CheckpointPath)) return;
        var bytes = File.ReadAllBytes(CheckpointPath);
        switch (_random.Next(8))
        {
            case 0:
                bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes = bytes[.._random.Next(bytes.Length)];
                break;
            case 2 when _oldCheckpoint is { } old:
                // The rename was lost.
                bytes = old;
                break;
            case 3:
                File.WriteAllBytes(HistoryCheckpoint.UnfinishedPath(CheckpointPath), bytes[.._random.Next(bytes.Length)]);
                return;
            case 4:
                _oldCheckpoint = bytes;
                return;
            default:
                return;
        }
        File.WriteAllBytes(CheckpointPath, bytes);
    }

    /// <summary>As the server's start does it.</summary>
    private RestoredFold Restored(SimulatedLog log)
    {
        var reaches = HistoryCheckpoint.PositionOf(CheckpointPath);
        var lineage = reaches <= log.LastPosition ? _disk.OpeningAt(reaches) : "";
        var restored = HistoryCheckpoint.TryRead(CheckpointPath, $"{log.Identity}/{lineage}", log.LastPosition, out var reason);
        if (reason is not null) File.Delete(CheckpointPath);
        File.Delete(HistoryCheckpoint.UnfinishedPath(CheckpointPath));
        return restored ?? RestoredFold.Empty();
    }

    private async Task ClientAsync(int client, int acts, SimulatedLog log, LogFold fold, CheckpointKeeper checkpoints, SimulatedTime time)
    {
        for (; acts > 0; acts--)
        {
            await SeededScheduler.PauseAsync();
            var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            switch (_random.Next(20))
            {
                case 13 when _merges:
                    var (one, other) = TwoPeople();
                    _model.Merging(one, other);
                    await AskAsync(log, SimulatedAct.Other, "", [one, other], new AliasChanged
                    {
                        AtMs = nowMs,
                        One = one,
                        Other = other,
                        Change = _random.Next(3) == 0 ? AliasChange.Split : AliasChange.Merged,
                    });
                    break;
                case < 11 or 13:
                    await SendAsync(client, log);
                    break;
                case 11 or 12:
                    var id = _random.Next(Ids);
                    var retracted = SimulatedModel.Numbered(id, s_people, s_start.ToUnixTimeMilliseconds());
                    await AskAsync(log, SimulatedAct.Retract, retracted.Id, [retracted.From, .. retracted.To],
                        new InteractionWithdrawn { AtMs = nowMs, Id = retracted.Id, Reason = WithdrawalReason.Retracted });
                    break;
                case 14:
                    var named = s_people[_random.Next(People)];
                    await AskAsync(log, SimulatedAct.Other, "", [named],
                        new ProfileChanged { AtMs = nowMs, Profile = new Profile { Id = named, Name = $"Name {_random.Next(4)}" } });
                    break;
                case 15:
                    var (by, against) = TwoPeople();
                    await AskAsync(log, SimulatedAct.Block, by, [by, against],
                        new BlockChanged { AtMs = nowMs, By = by, Against = against, IsPlaced = true });
                    break;
                case 16 or 17:
                    await EraseAsync(fold);
                    break;
                default:
                    await fold.Ready;
                    await checkpoints.WriteAsync(CancellationToken.None);
                    break;
            }
        }
    }

    private (string, string) TwoPeople()
    {
        var one = _random.Next(People);
        return (s_people[one], s_people[(one + 1 + _random.Next(People - 1)) % People]);
    }

    private async Task SendAsync(int client, SimulatedLog log)
    {
        var requests = new List<SimulatedRequest>();
        var records = new List<LogRecord>();
        for (var count = _random.Next(1, 6); count > 0; count--)
        {
            // Each client has ids of its own, so that what is repeated or retracted comes in a known order.
            var interaction = SimulatedModel.Numbered(
                _random.Next(Ids / Clients) * Clients + client, s_people, s_start.ToUnixTimeMilliseconds());
            requests.Add(_model.Begin(SimulatedAct.Send, interaction.Id, [interaction.From, .. interaction.To]));
            records.Add(interaction);
        }
        try
        {
            var receipt = await log.AppendAsync(records, CancellationToken.None);
            for (var i = 0; i < requests.Count; i++)
            {
                var isDone = !receipt.Overloaded && receipt.Results[i].Outcome is AppendOutcome.Accepted or AppendOutcome.Duplicate;
                _model.End(requests[i], isDone);
                if (!receipt.Overloaded && receipt.Results[i].Outcome is AppendOutcome.Conflict)
                    _faults.Add($"{requests[i].Subject} was answered with a conflict; it has one content only.");
            }
        }
        catch (LogUnavailableException)
        {
            foreach (var request in requests) _model.End(request, isDone: false);
        }
    }

    private async Task AskAsync(SimulatedLog log, SimulatedAct act, string subject, string[] people, LogRecord record)
    {
        var request = _model.Begin(act, subject, people);
        try
        {
            var receipt = await log.AppendAsync([record], CancellationToken.None);
            _model.End(request, !receipt.Overloaded && receipt.Results[0].Outcome is AppendOutcome.Accepted);
        }
        catch (LogUnavailableException)
        {
            _model.End(request, isDone: false);
        }
    }

    private async Task EraseAsync(LogFold fold)
    {
        await fold.Ready;
        var person = s_people[_random.Next(People)];
        var request = _model.Begin(SimulatedAct.Erase, person, person);
        try
        {
            // Somebody unknown is gone, too.
            await fold.EraseAsync(person, suppresses: false, CancellationToken.None);
            _model.End(request, isDone: true);
        }
        catch (LogUnavailableException)
        {
            _model.End(request, isDone: false);
        }
    }

    private void CheckRecords(SimulatedLog log)
    {
        var placed = new Dictionary<string, List<PlacedRecord>>();
        for (var position = 1L; position <= _disk.Count; position++)
        {
            var record = _disk.At(position);
            if (record is not (Interaction or CorrectionRecord)) continue;
            var of = record is Interaction interaction ? interaction.Id : ((CorrectionRecord)record).Id;
            if (!placed.TryGetValue(of, out var records)) placed[of] = records = [];
            records.Add(new PlacedRecord(position, record));
        }
        foreach (var (id, records) in placed)
        {
            var withdrawn = records.Select(one => one.Record).OfType<InteractionWithdrawn>().Select(one => one.Position).ToHashSet();
            var counting = records.Count(one => one.Record is Interaction && !withdrawn.Contains(one.Position));
            if (counting > 1) _faults.Add($"{id} counts {counting} times.");
        }
        foreach (var id in _model.MustCount().Distinct())
            if (!placed.TryGetValue(id, out var records) || !InteractionState.Of(id, records).Stands)
                _faults.Add($"{id} was acknowledged and is lost.");
        foreach (var id in _model.MustNotCount().Distinct())
            if (placed.TryGetValue(id, out var records) && InteractionState.Of(id, records).Stands)
                _faults.Add($"{id} was retracted and counts.");
        foreach (var person in _model.MustBeGone().Distinct())
        {
            var bytes = Encoding.UTF8.GetBytes(person);
            for (var position = 1L; position <= _disk.Count; position++)
                if (_disk.At(position).Names(person) || _disk.BytesAt(position).AsSpan().IndexOf(bytes) >= 0)
                    _faults.Add($"{person} was erased, and the record at {position} names them.");
            if (File.Exists(CheckpointPath) && File.ReadAllBytes(CheckpointPath).AsSpan().IndexOf(bytes) >= 0)
                _faults.Add($"{person} was erased, and the checkpoint names them.");
        }
        if (log.LastPosition != _disk.Count)
            _faults.Add($"The log says that it ends at {log.LastPosition}, and holds {_disk.Count} records.");
    }

    /// <summary>The fold that lived through all this, and a fold of the same records from nothing, answer the same.</summary>
    private void CheckFold(EmbeddedPeople people, SimulatedTime time)
    {
        var fresh = RestoredFold.Empty();
        var expected = new EmbeddedPeople(
            fresh.Histories, fresh.Profiles, fresh.Boundaries, PeopleOptions.Default, fresh.Naming, fresh.Imports, fresh.Preferences,
                fresh.Nudges);
        for (var position = 1L; position <= _disk.Count; position++)
            expected.ApplyAsync(new RecordBatch(position, [_disk.At(position)]), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var atMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var person in s_people)
        {
            var (one, other) = (AnswersOf(people, person, atMs), AnswersOf(expected, person, atMs));
            if (one != other) _faults.Add($"{person} is answered otherwise than from nothing: {Difference(one, other)}");
        }
        if (people.Histories.Interactions != expected.Histories.Interactions)
            _faults.Add($"{people.Histories.Interactions} interactions count, and {expected.Histories.Interactions} from nothing.");
        foreach (var person in _model.MustBeGone().Distinct())
            if (people.Histories.People.TryGetNumber(person, out _)) _faults.Add($"{person} was erased and is known.");
        foreach (var (by, against) in _model.MustBeBlocked())
            if (!people.Boundaries.HasBlocked(by, against)) _faults.Add($"{by} blocked {against}, which is forgotten.");
    }

    private static string Difference(string one, string other)
    {
        var at = 0;
        while (at < one.Length && at < other.Length && one[at] == other[at]) at++;
        var from = Math.Max(0, at - 100);
        return $"...{one[from..Math.Min(one.Length, at + 80)]}... and not ...{other[from..Math.Min(other.Length, at + 80)]}...";
    }

    private static string AnswersOf(EmbeddedPeople people, string person, long atMs)
    {
        var now = CancellationToken.None;
        return JsonSerializer.Serialize(new object?[]
        {
            people.PersonAsync(person, atMs, now).AsTask().Result,
            people.TiesAsync(person, atMs, new TieRange(), now).AsTask().Result,
            people.ReciprocityAsync(person, atMs, now).AsTask().Result,
            people.DormantTiesAsync(person, atMs, now).AsTask().Result,
            people.FollowUpsAsync(person, null, atMs, now).AsTask().Result,
            people.Boundaries.BlocksBy(person),
            people.Aliases.IdsOf(person).Order(StringComparer.Ordinal),
        });
    }
}

using System.Diagnostics.Metrics;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Proof;
using NetworkGraph.Analytics.Structure;
using NetworkGraph.Events.Log;
using NetworkGraph.People.Histories;
using NetworkGraph.Server.Verbs.Backups;

namespace NetworkGraph.Server.Host.Telemetry;

/// <summary>
/// The network in numbers, read when metrics are collected: whole-network numbers are computed once a snapshot and at most
/// every few seconds, so that a scrape costs little however often it comes. Nothing is reported before the server is ready.
/// </summary>
internal sealed class NetworkMetrics : IDisposable
{
    private static readonly TimeSpan s_goodFor = TimeSpan.FromSeconds(5);
    private readonly LogFold _fold;
    private readonly LiveNetwork _network;
    private readonly NetworkQueries _queries;
    private readonly TimeProvider _time;
    private readonly Meter _meter = new(Observability.Name);
    private readonly Lock _gate = new();
    private (NetworkAnswer Network, NetworkReciprocityAnswer Reciprocity, long At)? _figures;

    public NetworkMetrics(
        IInteractionLog log, LogFold fold, LiveNetwork network, NetworkQueries queries, NetworkStructures structures,
            HistoryStore histories, FoldProof proof,
        ScheduledBackups backups, TimeProvider time)
    {
        (_fold, _network, _queries, _time) = (fold, network, queries, time);
        Gauge("networkgraph.people", "{person}", "People with an interaction.", f => f.Network.People);
        Gauge("networkgraph.interactions", "{interaction}", "Interactions up to the snapshot's date.", f => f.Network.Interactions);
        Gauge("networkgraph.ties", "{tie}", "Ordered pairs tied.", f => f.Network.Ties);
        Gauge("networkgraph.dyads", "{dyad}", "Unordered pairs tied in either direction.", f => f.Network.Dyads);
        Gauge("networkgraph.dormant_ties", "{dyad}", "Dyads whose status is dormant.", f =>
            f.Network.Statuses.GetValueOrDefault("dormant"));
        Gauge("networkgraph.snapshot.position", "{record}", "Position of the log that the current snapshot holds.", f =>
            f.Network.Position);
        _meter.CreateObservableGauge("networkgraph.dyads.by_status", Statuses, "{dyad}", "Dyads by status.");
        _meter.CreateObservableGauge(
            "networkgraph.warnings", () =>
            Habits("warning", t => t.Warnings), "{warning}", "Warnings on ties and people, by kind; counted a little behind the snapshot.");
        _meter.CreateObservableGauge(
            "networkgraph.archetypes", () =>
            Habits("archetype", t => t.Archetypes), "{person}", "People who carry an archetype; counted a little behind the snapshot.");
        _meter.CreateObservableGauge(
            "networkgraph.reciprocity", () => Share(f => f.Reciprocity.R), "1", "r: share of ties whose reverse is tied.");
        _meter.CreateObservableGauge(
            "networkgraph.reciprocity.weighted", () => Share(f => f.Reciprocity.Weighted), "1", "Share of tie strength that is returned.");
        _meter.CreateObservableGauge("networkgraph.snapshot.age", SnapshotAge, "s", "Time since the current snapshot was published.");
        _meter.CreateObservableGauge(
            "networkgraph.snapshot.publish.duration", () =>
            network.Current.PublishDuration.TotalSeconds, "s", "What the last publication took.");
        _meter.CreateObservableCounter(
            "networkgraph.snapshot.publications", () => network.Publications, "{snapshot}", "Snapshots published since the start.");
        _meter.CreateObservableGauge(
            "networkgraph.log.position", () => log.LastPosition, "{record}", "Position of the last durable record.");
        _meter.CreateObservableGauge(
            "networkgraph.fold.position", () => fold.Progress.Position, "{record}", "Position of the last record folded.");
        _meter.CreateObservableGauge("networkgraph.fold.lag", () => fold.Lag, "{record}", "Records durable but not folded yet.");
        _meter.CreateObservableCounter(
            "networkgraph.structure.computations", () =>
            structures.Computations.Count, "{computation}", "Structures of the network (communities, PageRank) computed since the start.");
        _meter.CreateObservableGauge(
            "networkgraph.structure.duration", () => structures.Computations.Last.TotalSeconds, "s", "What the last of them took.");
        _meter.CreateObservableCounter(
            "networkgraph.proof.people", () =>
            proof.Compared, "{person}", "Histories folded again from the log and compared with those served, since the start.");
        _meter.CreateObservableCounter(
            "networkgraph.proof.differences", () => proof.Differing, "{person}", "Of these, how many differed from the log.");
        _meter.CreateObservableCounter(
            "networkgraph.proof.passes", () => proof.Passes, "{pass}", "Passes of this comparison over the log since the start.");
        _meter.CreateObservableCounter(
            "networkgraph.proof.damaged_checkpoints", () =>
            proof.DamagedCheckpoints, "{checkpoint}", "Checkpoints found damaged on the disk since the start.");
        _meter.CreateObservableGauge(
            "networkgraph.proof.suspended", () =>
            fold.Suspended.Count, "{id}", "Ids that are not answered, since their history differs from the log.");
        _meter.CreateObservableGauge(
            "networkgraph.log.accepting", () => log.RefusesBecause is null ? 1 : 0, "1", "1 while the log takes what is sent, else 0.");
        _meter.CreateObservableGauge(
            "networkgraph.backup.age", () => backups.Age is { } age ? [new Measurement<double>(age.TotalSeconds)]
            : Array.Empty<Measurement<double>>(), "s", "Time since the last scheduled backup was complete.");
        _meter.CreateObservableCounter(
            "networkgraph.backup.failures", () => backups.Failures, "{backup}", "Scheduled backups that failed since the start.");
        _meter.CreateObservableGauge("networkgraph.histories.size", () => histories.Bytes, "By", "Memory that the histories take.");
    }

    public void Dispose() => _meter.Dispose();

    private void Gauge(
        string name, string unit, string description, Func<(NetworkAnswer Network, NetworkReciprocityAnswer Reciprocity), long> value) =>
        _meter.CreateObservableGauge(
            name, () => Figures() is { } figures ? [new Measurement<long>(value(figures))]
            : Array.Empty<Measurement<long>>(), unit, description);

    private Measurement<double>[] Share(Func<(NetworkAnswer Network, NetworkReciprocityAnswer Reciprocity), double?> value) =>
        Figures() is { } figures && value(figures) is { } share ? [new Measurement<double>(share)] : [];

    private IEnumerable<Measurement<long>> Statuses() =>
        Figures() is { } figures
            ? figures.Network.Statuses.Select(s => new Measurement<long>(s.Value, new KeyValuePair<string, object?>("status", s.Key))) : [];

    private IEnumerable<Measurement<long>> Habits(string label, Func<HabitTotals, IReadOnlyDictionary<string, long>> counts) =>
        _network.Habits.Totals is { } totals
            ? counts(totals).Select(c => new Measurement<long>(c.Value, new KeyValuePair<string, object?>(label, c.Key)))
            : [];

    private double SnapshotAge() => Math.Max(0, (_time.GetUtcNow().ToUnixTimeMilliseconds() - _network.Current.PublishedAtMs) / 1000.0);

    private (NetworkAnswer Network, NetworkReciprocityAnswer Reciprocity)? Figures()
    {
        lock (_gate)
        {
            if (!_fold.Ready.IsCompletedSuccessfully) return null;
            if (_figures is { } known && _time.GetElapsedTime(known.At) < s_goodFor) return (known.Network, known.Reciprocity);
            // For the current snapshot both answer without waiting.
            var network = _queries.NetworkAsync(null, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            var reciprocity = _queries.ReciprocityAsync(null, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            _figures = (network, reciprocity, _time.GetTimestamp());
            return (network, reciprocity);
        }
    }
}

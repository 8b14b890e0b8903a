using System.Diagnostics.Metrics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>What came in, and how long the log took. Labels never hold ids.</summary>
public sealed class IngestMetrics : IDisposable
{
    private static readonly double[] s_boundsSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Meter _meter = new(Tracing.SourceName);
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _retracted;
    private readonly Counter<long> _suppressed;
    private readonly Counter<long> _rejected;
    private readonly Histogram<double> _appendDuration;

    public IngestMetrics()
    {
        _accepted = _meter.CreateCounter<long>("networkgraph.interactions.accepted", "{interaction}", "Interactions made durable.");
        _duplicates = _meter.CreateCounter<long>(
            "networkgraph.interactions.duplicates", "{interaction}", "Interactions that were there already.");
        _conflicts = _meter.CreateCounter<long>(
            "networkgraph.interactions.conflicts", "{interaction}", "Interactions whose id was there already with other content.");
        _retracted = _meter.CreateCounter<long>(
            "networkgraph.interactions.retracted", "{interaction}", "Interactions sent again whose id was retracted.");
        _suppressed = _meter.CreateCounter<long>(
            "networkgraph.interactions.suppressed", "{interaction}", "Interactions that name an erased person who stays out.");
        _rejected = _meter.CreateCounter<long>(
            "networkgraph.interactions.rejected", "{interaction}", "Interactions that broke a rule, by the field at fault.");
        _appendDuration = _meter.CreateHistogram("networkgraph.append.duration", "s", "Time until an append was durable.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = s_boundsSeconds });
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Counts what became of one append.</summary>
    public void Appended(int accepted, int duplicates, int conflicts, int retracted, int suppressed, TimeSpan duration)
    {
        if (accepted > 0) _accepted.Add(accepted);
        if (duplicates > 0) _duplicates.Add(duplicates);
        if (conflicts > 0) _conflicts.Add(conflicts);
        if (retracted > 0) _retracted.Add(retracted);
        if (suppressed > 0) _suppressed.Add(suppressed);
        _appendDuration.Record(duration.TotalSeconds);
    }

    /// <summary>Counts a line rejected. A field that does not exist is the sender's text, and may be an id.</summary>
    public void Rejected(string field) =>
        _rejected.Add(1, new KeyValuePair<string, object?>("reason", InteractionFields.IsKnown(field) ? field : "unknown-field"));
}

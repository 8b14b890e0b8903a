using System.Diagnostics.Metrics;

namespace NetworkGraph.Server.Host.Telemetry;

/// <summary>
/// The thread pool's size and queue as numbers that go up and down. The runtime's own instruments of these names are
/// counters, which a scraper takes for ever-growing sums; they are left out in favour of these.
/// </summary>
internal sealed class ThreadPoolMetrics : IDisposable
{
    private const string Threads = "dotnet.thread_pool.thread.count", Queue = "dotnet.thread_pool.queue.length";

    private readonly Meter _meter = new(Observability.Name);

    public ThreadPoolMetrics()
    {
        _meter.CreateObservableUpDownCounter(Threads, static () => (long)ThreadPool.ThreadCount, "{thread}", "Threads of the thread pool.");
        _meter.CreateObservableUpDownCounter(
            Queue, static () => ThreadPool.PendingWorkItemCount, "{work_item}", "Work items that wait for a thread.");
    }

    public static bool Replaces(Instrument instrument) => instrument is { Meter.Name: "System.Runtime", Name: Threads or Queue };

    public void Dispose() => _meter.Dispose();
}

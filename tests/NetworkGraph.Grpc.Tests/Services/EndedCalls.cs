using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>
/// The calls that have ended, as the metric of their durations counts them: the server works on none of them any more. It
/// hears all servers of this process, so one asks for what no other test does.
/// </summary>
internal sealed class EndedCalls : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Method, string Status), TaskCompletionSource> _first = [];

    public EndedCalls()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "networkgraph.grpc.duration") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var (method, status) = ("", "");
            foreach (var (name, value) in tags)
            {
                if (name == "method") method = (string)value!;
                else if (name == "status") status = (string)value!;
            }
            First(method, status).TrySetResult();
        });
        _listener.Start();
    }

    /// <summary>Returns when a call of this method ("networkgraph.v1.People/GetTies") has ended with this status since this began to listen.</summary>
    public Task UntilAsync(string method, string status) => First(method, status).Task.WaitAsync(TestContext.Current.CancellationToken);

    public void Dispose() => _listener.Dispose();

    private TaskCompletionSource First(string method, string status) =>
        _first.GetOrAdd((method, status), static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

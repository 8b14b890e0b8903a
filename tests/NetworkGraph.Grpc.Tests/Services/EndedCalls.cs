using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>
/// The calls that have ended, as the metric of requests' durations counts them: the server works on none of them any more. It
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
            if (instrument.Name == "http.server.request.duration") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var (method, status) = ("", "");
            foreach (var (name, value) in tags)
            {
                if (name == "http.route") method = ((string)value!).TrimStart('/');
                else if (name == "rpc.response.status_code") status = (string)value!;
            }
            First(method, status).TrySetResult();
        });
        _listener.Start();
    }

    /// <summary>
    /// Returns when a call of this method ("networkgraph.v1.People/GetTies") has ended with this status since this began to listen.
    /// </summary>
    public Task UntilAsync(string method, string status) => Until.DoneAsync($"{method} ends with {status}", First(method, status).Task);

    public void Dispose() => _listener.Dispose();

    private TaskCompletionSource First(string method, string status) =>
        _first.GetOrAdd((method, status), static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

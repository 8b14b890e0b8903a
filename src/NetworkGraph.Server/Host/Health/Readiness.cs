using Microsoft.Extensions.Diagnostics.HealthChecks;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Host.Health;

/// <summary>
/// How far the log has been folded since the start. Ready means: all of it is folded and visible. As a health check it is
/// what gRPC's health service says of every service.
/// </summary>
public sealed class Readiness(IInteractionLog? log = null) : IHealthCheck
{
    private readonly Lock _gate = new();
    private (bool Ready, long Position, long Of) _state;

    public bool IsReady
    {
        get
        {
            lock (_gate) return _state.Ready;
        }
    }

    /// <summary>Folded up to <paramref name="position"/> of <paramref name="of"/>.</summary>
    public void Report(long position, long of)
    {
        lock (_gate) _state = (false, position, of);
    }

    public void MarkReady()
    {
        lock (_gate) _state = (true, _state.Of, _state.Of);
    }

    public (long Position, long Of) Progress
    {
        get
        {
            lock (_gate) return (_state.Position, _state.Of);
        }
    }

    /// <summary>
    /// Whether all that may be asked is answered: the log is folded, and takes what is sent. A log that takes nothing (a full disk)
    /// keeps nobody from reading.
    /// </summary>
    public bool IsServing => IsReady && log?.RefusesBecause is null;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsServing ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());

    /// <summary>The answer to what came too early, and to who asks for readiness while the log takes nothing.</summary>
    public Problem NotReady()
    {
        if (IsReady && log?.RefusesBecause is { } reason)
            return Problem.From(Outcome.Unavailable, $"{reason} Nothing is taken until that has passed; queries are answered.");
        var (position, of) = Progress;
        return Problem.From(
            Outcome.NotReady, $"The log is still being read: {position} of {of} records.") with
        { Position = position, Of = of };
    }
}

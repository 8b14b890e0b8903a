using NetworkGraph.Events.Log;

namespace NetworkGraph.Server.Api.Outcomes;

/// <summary>
/// Answers requests that the log failed, and says why in the server's own log: once for a reason, and again when it has lasted for
/// a while, however many requests meet it.
/// </summary>
internal sealed partial class UnavailableLog(TimeProvider time, ILogger<UnavailableLog> logger)
{
    private static readonly TimeSpan s_repeatEvery = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private (string Reason, long At)? _last;

    public Problem Answer(LogUnavailableException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        lock (_gate)
        {
            if (_last is not { } last || last.Reason != failure.Message || time.GetElapsedTime(last.At) >= s_repeatEvery)
            {
                _last = (failure.Message, time.GetTimestamp());
                LogFailure(failure.Message);
            }
        }
        return Problem.LogUnavailable();
    }

    [LoggerMessage(1401, LogLevel.Error, "Requests cannot be answered: {Reason}")]
    private partial void LogFailure(string reason);
}

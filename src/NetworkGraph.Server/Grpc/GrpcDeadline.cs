namespace NetworkGraph.Server.Grpc;

/// <summary>
/// Ends a call at its deadline: cancels its work, and answers DEADLINE_EXCEEDED even when the work takes no notice.
/// Disposing it waits for an expiry under way, so that nothing touches the call afterwards.
/// </summary>
internal sealed class GrpcDeadline : IAsyncDisposable
{
    public static readonly GrpcStatus Exceeded = new(GrpcStatusCode.DeadlineExceeded, "The deadline has passed.");

    private readonly GrpcResponse _response;
    private readonly CancellationTokenSource _cancellation;
    private readonly ITimer? _timer;
    private volatile bool _hasPassed;
    private volatile Task? _expiry;

    /// <param name="time">Where the timer comes from.</param>
    /// <param name="timeout">From now; null or beyond a timer's reach: never.</param>
    /// <param name="response">What is answered at the deadline.</param>
    /// <param name="cancellation">What is cancelled at the deadline.</param>
    public GrpcDeadline(TimeProvider time, TimeSpan? timeout, GrpcResponse response, CancellationTokenSource cancellation)
    {
        _response = response;
        _cancellation = cancellation;
        if (timeout is { } wait && GrpcTimeout.FitsTimer(wait))
        {
            _timer = time.CreateTimer(
                static state => ((GrpcDeadline)state!).Expire(),
                this,
                wait,
                Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>True before the work sees its token cancelled.</summary>
    public bool HasPassed => _hasPassed;

    public async ValueTask DisposeAsync()
    {
        if (_timer is null)
            return;
        await _timer.DisposeAsync();
        if (_expiry is { } expiry)
            await expiry;
    }

    private void Expire()
    {
        _hasPassed = true;
        _expiry = ExpireAsync();
    }

    private async Task ExpireAsync()
    {
        await _cancellation.CancelAsync();
        await _response.FinishAsync(Exceeded, withMetadata: false);
    }
}

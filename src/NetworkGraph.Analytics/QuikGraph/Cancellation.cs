using QuikGraph.Algorithms;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>Ends QuikGraph's algorithms by a token.</summary>
public static class Cancellation
{
    /// <summary>Runs an algorithm to its end, or until the token has it aborted (<see cref="IComputation.Abort"/>).</summary>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/>.</exception>
    public static void Compute(this IComputation algorithm, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // An algorithm that does not run yet cannot be aborted, so a token that is cancelled until then is looked at again.
        algorithm.Started += AbortIfCancelled;
        try
        {
            using (cancellation.Register(algorithm.Abort)) algorithm.Compute();
        }
        finally
        {
            algorithm.Started -= AbortIfCancelled;
        }
        cancellation.ThrowIfCancellationRequested();

        void AbortIfCancelled(object? sender, EventArgs started)
        {
            if (cancellation.IsCancellationRequested) algorithm.Abort();
        }
    }
}

/// <summary>
/// A token that an algorithm's <see cref="IComputation.Abort"/> cancels, for kernels that take one. It follows the
/// algorithm's state, since the library's own CancelRequested is never raised (QuikGraph 2.5.0).
/// </summary>
internal sealed class AbortToken : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly IComputation _algorithm;

    public AbortToken(IComputation algorithm)
    {
        _algorithm = algorithm;
        algorithm.StateChanged += Follow;
        Follow(algorithm, EventArgs.Empty);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _algorithm.StateChanged -= Follow;
        _source.Dispose();
    }

    private void Follow(object? sender, EventArgs changed)
    {
        if (_algorithm.State is ComputationState.PendingAbortion) _source.Cancel();
    }
}

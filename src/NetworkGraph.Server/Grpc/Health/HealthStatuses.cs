using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NetworkGraph.Server.Grpc.Health.V1;

namespace NetworkGraph.Server.Grpc.Health;

/// <summary>
/// Which services can be used now, by full name; the empty name is the server as a whole. Whoever knows sets it, from any
/// thread; watchers see the newest status and may miss those in between.
/// </summary>
public sealed class HealthStatuses
{
    private State _state = new(ImmutableDictionary<string, bool>.Empty, NewSignal());

    public void Set(string service, bool isServing) => Change(services => services.SetItem(service, isServing));

    /// <summary>The service is not known any more.</summary>
    public void Remove(string service) => Change(services => services.Remove(service));

    /// <summary>All services at once: what a server says that is about to stop, or whose log has been folded.</summary>
    public void SetAll(bool isServing) =>
        Change(services => services.SetItems(services.Keys.Select(name => KeyValuePair.Create(name, isServing))));

    internal ImmutableDictionary<string, bool> Services => Volatile.Read(ref _state).Services;

    /// <summary>SERVING, NOT_SERVING, or SERVICE_UNKNOWN.</summary>
    internal HealthCheckResponse.Types.ServingStatus Status(string service) => StatusIn(Services, service);

    /// <summary>The status now, then each time it has changed.</summary>
    internal async IAsyncEnumerable<HealthCheckResponse.Types.ServingStatus> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellation)
    {
        HealthCheckResponse.Types.ServingStatus? last = null;
        while (true)
        {
            var state = Volatile.Read(ref _state);
            var status = StatusIn(state.Services, service);
            if (status != last)
                yield return status;
            last = status;
            await state.Changed.Task.WaitAsync(cancellation);
        }
    }

    private static HealthCheckResponse.Types.ServingStatus StatusIn(ImmutableDictionary<string, bool> services, string service) =>
        !services.TryGetValue(service, out var isServing) ? HealthCheckResponse.Types.ServingStatus.ServiceUnknown
        : isServing ? HealthCheckResponse.Types.ServingStatus.Serving
        : HealthCheckResponse.Types.ServingStatus.NotServing;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Func<ImmutableDictionary<string, bool>, ImmutableDictionary<string, bool>> change)
    {
        while (true)
        {
            var before = Volatile.Read(ref _state);
            var services = change(before.Services);
            if (ReferenceEquals(services, before.Services))
                return;
            if (Interlocked.CompareExchange(ref _state, new State(services, NewSignal()), before) != before)
                continue;
            before.Changed.SetResult();
            return;
        }
    }

    /// <param name="Services">Whether each service is serving.</param>
    /// <param name="Changed">Set when this is no longer the state.</param>
    private sealed record State(ImmutableDictionary<string, bool> Services, TaskCompletionSource Changed);
}

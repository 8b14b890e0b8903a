using NetworkGraph.Events.Log;
using NetworkGraph.People.Boundaries;
using Orleans.Runtime;

namespace NetworkGraph.Analytics.PersonGrains;

/// <summary>
/// Asks the grain of a person, on whatever silo it is. The grain must know what this process has folded and shown. All
/// questions read, so one is asked again where the silo that was to answer is gone; one that is slow is not.
/// </summary>
public sealed class PersonGrains(IGrainFactory grains, LogFold fold, LiveNetwork network, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_minWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_maxWait = TimeSpan.FromSeconds(1);

    /// <summary>What a person's grain answers.</summary>
    /// <param name="viewer">Who sees the answer.</param>
    /// <param name="person">The id.</param>
    /// <param name="asOfMs">Unix ms; null for the network as it is now.</param>
    /// <param name="ask">The question.</param>
    /// <param name="cancellation">Gives up waiting, and stops the work.</param>
    /// <exception cref="LogUnavailableException">No silo could answer in time.</exception>
    public async ValueTask<T> AskAsync<T>(
        Viewer viewer, string person, long? asOfMs, Func<IPersonGrain, PersonRequest, CancellationToken, ValueTask<T>> ask,
            CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var request = new PersonRequest(person, viewer, asOfMs, fold.Progress.Position, network.Current.Position);
        var grain = grains.GetGrain<IPersonGrain>(PersonGrainKey.Of(person));
        var started = time.GetTimestamp();
        for (var wait = s_minWait; ; wait = wait * 2 < s_maxWait ? wait * 2 : s_maxWait)
        {
            try
            {
                return await ask(grain, request, cancellation);
            }
            catch (Exception failure) when (IsSiloGone(failure) && time.GetElapsedTime(started) < s_patience)
            {
                await Task.Delay(wait, time, cancellation);
            }
            catch (Exception failure) when (IsSiloGone(failure) || failure is TimeoutException)
            {
                throw new LogUnavailableException("The cluster could not answer for this person in time.", failure);
            }
        }
    }

    /// <summary>The silo died, stops, or cannot be reached: another one will answer.</summary>
    private static bool IsSiloGone(Exception failure) =>
        failure is OrleansException or ObjectDisposedException or System.Net.Sockets.SocketException;
}

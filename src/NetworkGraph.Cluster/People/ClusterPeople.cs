using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Venues;
using NetworkGraph.Storage.Postgres;
using Orleans;
using Orleans.Runtime;

namespace NetworkGraph.Cluster.People;

/// <summary>
/// People as grains, wherever in the cluster they are. What this node has folded tells how much a grain must know; the
/// grain reads it from the log itself. Every question is a read and is asked again where a silo went away meanwhile.
/// </summary>
public sealed partial class ClusterPeople(IGrainFactory grains, TimeProvider time, ILogger<ClusterPeople> logger) : IPeopleHost
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_leastWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_mostWait = TimeSpan.FromSeconds(1);
    private long _position;

    /// <summary>Says that this node starts with the log folded up to here.</summary>
    public void StartAfter(long position) => Volatile.Write(ref _position, position);

    public ValueTask ApplyAsync(RecordBatch batch, CancellationToken cancellation)
    {
        Volatile.Write(ref _position, batch.LastPosition);
        foreach (var record in batch.Records)
            if (record is PersonErased { Tombstones: > 0 }) _ = ForgetIdleGrainsAsync();
        return ValueTask.CompletedTask;
    }

    public ValueTask<PersonAnswer?> PersonAsync(string person, long asOfMs, CancellationToken cancellation) =>
        AskAsync(person, asOfMs, static (grain, asked, _, stop) => grain.PersonAsync(asked, stop), 0, cancellation);

    public async ValueTask<IReadOnlyList<Tie>?> TiesAsync(string person, long asOfMs, TieRange range, CancellationToken cancellation) =>
        await AskAsync(person, asOfMs, static (grain, asked, range, stop) => grain.TiesAsync(asked, range, stop), range, cancellation);

    public ValueTask<TieDetail?> TieAsync(string person, string other, long asOfMs, CancellationToken cancellation) =>
        AskAsync(person, asOfMs, static (grain, asked, other, stop) => grain.TieAsync(asked, other, stop), other, cancellation);

    public ValueTask<EgoReciprocity?> ReciprocityAsync(string person, long asOfMs, CancellationToken cancellation) =>
        AskAsync(person, asOfMs, static (grain, asked, _, stop) => grain.ReciprocityAsync(asked, stop), 0, cancellation);

    public async ValueTask<IReadOnlyList<DormantTie>?> DormantTiesAsync(string person, long asOfMs, CancellationToken cancellation) =>
        await AskAsync(person, asOfMs, static (grain, asked, _, stop) => grain.DormantTiesAsync(asked, stop), 0, cancellation);

    public ValueTask<FollowUpList?> FollowUpsAsync(string person, string? venue, long asOfMs, CancellationToken cancellation) =>
        AskAsync(person, asOfMs, static (grain, asked, venue, stop) => grain.FollowUpsAsync(asked, venue, stop), venue, cancellation);

    public async ValueTask<IReadOnlyList<PersonVenue>?> VenuesAsync(string person, long asOfMs, CancellationToken cancellation) =>
        await AskAsync(person, asOfMs, static (grain, asked, _, stop) => grain.VenuesAsync(asked, stop), 0, cancellation);

    public ValueTask<PersonHabits?> HabitsAsync(string person, long asOfMs, CancellationToken cancellation) =>
        AskAsync(person, asOfMs, static (grain, asked, _, stop) => grain.HabitsAsync(asked, stop), 0, cancellation);

    public async ValueTask<IReadOnlyList<HistoryEntry>?> HistoryAsync(string person, HistoryFilter filter, CancellationToken cancellation) =>
        await AskAsync(person, filter.UntilMs, static (grain, asked, filter, stop) => grain.HistoryAsync(asked, filter, stop), filter, cancellation);

    private async ValueTask<TAnswer?> AskAsync<TMore, TAnswer>(
        string person, long asOfMs, Func<IPersonGrain, PersonAsked, TMore, CancellationToken, ValueTask<Answered<TAnswer>>> ask, TMore more, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var grain = grains.GetGrain<IPersonGrain>(PersonGrainKey.Of(person));
        var asked = new PersonAsked(person, Volatile.Read(ref _position), asOfMs, Answered<TAnswer>.Fingerprint);
        for (var wait = s_leastWait; ; wait = wait * 2 < s_mostWait ? wait * 2 : s_mostWait)
        {
            try
            {
                return (await ask(grain, asked, more, cancellation)).Value();
            }
            catch (Exception away) when (IsPassing(away) && time.GetElapsedTime(started) < s_patience)
            {
                LogAskedAgain(away);
            }
            catch (Exception away) when (IsPassing(away))
            {
                throw new LogUnavailableException("The cluster could not answer for this person within 20 seconds.", away);
            }
            await Task.Delay(wait, time, cancellation);
        }
    }

    /// <summary>A silo that died, stopped or has not answered; the log that cannot be read now.</summary>
    private static bool IsPassing(Exception failure) =>
        failure is OrleansException or TimeoutException or ObjectDisposedException or LogUnavailableException or System.Net.Sockets.SocketException;

    /// <summary>Grains that nobody asks keep what they know for a while; after an erasure they are let go at once.</summary>
    private async Task ForgetIdleGrainsAsync()
    {
        try
        {
            await grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        }
        catch (Exception failure) when (IsPassing(failure))
        {
            LogErasureNotTold(failure.Message);
        }
    }

    [LoggerMessage(2001, LogLevel.Debug, "A grain could not be asked; it is asked again.")]
    private partial void LogAskedAgain(Exception reason);

    [LoggerMessage(2002, LogLevel.Warning, "Grains could not be informed of an erasure: {Reason} They forget when they are next asked, or idle for a while.")]
    private partial void LogErasureNotTold(string reason);
}

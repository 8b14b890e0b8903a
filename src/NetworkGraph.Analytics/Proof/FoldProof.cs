using System.Diagnostics;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Checkpoints;

namespace NetworkGraph.Analytics.Proof;

/// <summary>What one pass came to.</summary>
/// <param name="People">How many people's histories were compared.</param>
/// <param name="Differing">Of these, how many differed from the log.</param>
/// <param name="Mended">Of these, how many are right again.</param>
public readonly record struct ProofPass(int People, int Differing, int Mended);

/// <summary>
/// Problem: memory and disks flip bits, and programs have faults; a fold that differs from its log answers wrongly for weeks.
/// Method: while the server runs, the histories of some people after others are folded again from the log, by themselves, and
/// compared bit by bit with those that are served, pairs included, at the same position. Who differs is taken out of service,
/// put right in place, compared again, and answered again only when nothing differs. The checkpoint on the disk is checked with
/// each pass, and discarded where it is damaged.
/// Preconditions: the log checks its own bytes.
/// Cost: each pass reads the log once; between batches it rests, so that all of it takes no more than a share of one core.
/// People come in the order of their numbers, from a random one on, so that nobody is left out.
/// </summary>
public sealed class FoldProof(
    IInteractionLog log, LogFold fold, EmbeddedPeople people, LiveNetwork network, CheckpointKeeper checkpoints, FoldProofOptions options,
        TimeProvider time)
{
    /// <summary>So many people are compared while the fold stands still, which is a few milliseconds.</summary>
    private const int PeopleAtOnce = 50;

    private static readonly TimeSpan s_minRest = TimeSpan.FromMilliseconds(1);
    private int _next = -1;
    private long _compared;
    private long _differing;
    private long _passes;
    private long _badCheckpoints;

    /// <summary>Called after each pass that found somebody who differs.</summary>
    public Action<ProofPass> Found { get; set; } = static _ => { };

    /// <summary>Called where the log's bytes are found damaged under the running server.</summary>
    public Action<LogCorruptedException> LogDamaged { get; set; } = static _ => { };

    /// <summary>Histories compared since the start.</summary>
    public long Compared => Volatile.Read(ref _compared);

    /// <summary>Histories that differed from the log since the start.</summary>
    public long Differing => Volatile.Read(ref _differing);

    public long Passes => Volatile.Read(ref _passes);

    /// <summary>Checkpoints that were found damaged on the disk since the start.</summary>
    public long DamagedCheckpoints => Volatile.Read(ref _badCheckpoints);

    /// <summary>Makes passes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (options.CorePercent <= 0) return;
        await fold.Ready.WaitAsync(cancellation);
        while (true)
        {
            await Task.Delay(options.Every, time, cancellation);
            try
            {
                await PassAsync(options.PeoplePerPass, cancellation);
            }
            catch (LogCorruptedException damage)
            {
                // What is served was folded from it while it was whole.
                LogDamaged(damage);
            }
        }
    }

    /// <summary>
    /// Proves the histories of the next people. Nothing is compared where somebody was erased meanwhile: the next pass does.
    /// </summary>
    public async Task<ProofPass> PassAsync(int count, CancellationToken cancellation)
    {
        var identity = log.Identity;
        var sample = await fold.WhileStillAsync(_ => Sample(count), cancellation);
        await CheckCheckpointAsync();
        if (sample.Count == 0) return default;
        var expected = new ExpectedHistories(people.Histories, [.. sample]);
        var position = 0L;
        var working = Stopwatch.GetTimestamp();
        await foreach (var batch in log.ReadAsync(0, cancellation))
        {
            expected.Apply(batch);
            position = batch.LastPosition;
            working = await RestAsync(working, cancellation);
        }
        var pass = new ProofPass();
        for (var start = 0; start < sample.Count; start += PeopleAtOnce)
        {
            var some = sample[start..Math.Min(start + PeopleAtOnce, sample.Count)];
            await fold.UntilFoldedAsync(position, cancellation);
            var found = await fold.WhileStillAsync(folded => Compare(expected, some, identity, ref position, folded), cancellation);
            pass = new ProofPass(pass.People + found.People, pass.Differing + found.Differing, pass.Mended + found.Mended);
            working = await RestAsync(working, cancellation);
        }
        Volatile.Write(ref _passes, _passes + 1);
        Volatile.Write(ref _compared, _compared + pass.People);
        Volatile.Write(ref _differing, _differing + pass.Differing);
        if (pass.Differing > 0) Found(pass);
        return pass;
    }

    private List<string> Sample(int count)
    {
        var all = people.Histories.People.Count;
        if (all == 0) return [];
        // Where to begin is no measure, and nothing depends on it: any start will do.
        if (_next < 0) _next = (int)(Stopwatch.GetTimestamp() % all);
        var sample = new List<string>(Math.Min(count, all));
        for (var i = 0; i < all && sample.Count < count; i++, _next++)
        {
            if (people.Histories.People.Ids[_next % all] is { Length: > 0 } id) sample.Add(id);
        }
        _next %= all;
        return sample;
    }

    private ProofPass Compare(ExpectedHistories expected, List<string> some, string identity, ref long position, long folded)
    {
        if (log.Identity != identity) return default;
        CatchUp(expected, ref position, folded);
        if (position != folded) return default;
        var differing = 0;
        var mended = new List<string>();
        foreach (var id in some)
        {
            var differences = expected.DifferencesOf(id).ToList();
            if (differences.Count == 0) continue;
            differing++;
            foreach (var own in people.Aliases.IdsOf(id)) fold.Suspended.Add(own);
            foreach (var (dyad, events) in differences) people.Histories.Repair(dyad, events);
            if (!expected.DifferencesOf(id).Any()) mended.Add(id);
        }
        if (differing > 0)
        {
            // Snapshots and habits were made from what was wrong.
            network.Applied(long.MinValue);
            network.Build(folded, CancellationToken.None);
        }
        foreach (var id in mended)
            foreach (var own in people.Aliases.IdsOf(id)) fold.Suspended.Remove(own);
        return new ProofPass(some.Count, differing, mended.Count);
    }

    /// <summary>
    /// Reads what was folded since, while the fold stands still: little, and out of memory. Stops where records are ahead of the fold.
    /// </summary>
    private void CatchUp(ExpectedHistories expected, ref long position, long folded)
    {
        if (position >= folded) return;
        var batches = ReadAsync(position, folded).GetAwaiter().GetResult();
        foreach (var batch in batches)
        {
            expected.Apply(batch);
            position = batch.LastPosition;
        }
    }

    private async Task<List<RecordBatch>> ReadAsync(long after, long upTo)
    {
        var batches = new List<RecordBatch>();
        await foreach (var batch in log.ReadAsync(after, CancellationToken.None).ConfigureAwait(false))
        {
            batches.Add(batch.LastPosition <= upTo
                ? batch : new RecordBatch(batch.FirstPosition, batch.Records[..(int)(upTo - batch.FirstPosition + 1)]));
            if (batch.LastPosition >= upTo) break;
        }
        return batches;
    }

    private async Task CheckCheckpointAsync()
    {
        if (await checkpoints.IsWholeAsync()) return;
        Volatile.Write(ref _badCheckpoints, _badCheckpoints + 1);
        await checkpoints.DiscardAsync();
        Found(default);
    }

    /// <summary>Rests in proportion to the work done since, and returns when work begins again.</summary>
    private async ValueTask<long> RestAsync(long since, CancellationToken cancellation)
    {
        var rest = Stopwatch.GetElapsedTime(since) * (100 / options.CorePercent - 1);
        if (rest >= s_minRest) await Task.Delay(rest, time, cancellation);
        return Stopwatch.GetTimestamp();
    }
}

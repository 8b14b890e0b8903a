using System.Collections.Concurrent;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Introductions;

/// <summary>
/// Who can introduce one person to another.
/// Problem: paths over mutual ties from a source to a target (or to any of several) with at least one broker, at most
/// maxHops hops, no one twice, and the best scores Π p × δ^(brokers); for one target, for each first broker its best
/// path, and of those the k best; for several, k times the best path whose first broker and target were not used yet.
/// Ties are broken by fewer hops, then by ids. Exact.
/// Method: meeting in the middle. Labels are grown from one end (<see cref="PathLabels"/>), walks from the other join
/// them (<see cref="PathScan"/>). One side at a time is deepened, always the one with less to do, so that short paths
/// bound the search for long ones. Every hop multiplies by less than 1, so the best walk that avoids the source is a path
/// by itself. To one target, labels grow from the target and walks start at the source, which gives the best path of
/// every first broker at once; to several, labels grow from the source, and each of k rounds leaves out what was used.
/// Invariants: scores fall; no one is twice on a path; no two paths share a first broker; what constraints forbid is on
/// none.
/// Cost: O(entries within maxHops/2 hops of both ends), less what the bounds cut.
/// Source: Pohl, "Bi-directional search", 1971, for most reliable paths with a limit of hops.
/// </summary>
public static class IntroductionSearch
{
    private static readonly ConcurrentBag<IntroductionWorkspace> s_workspaces = [];

    /// <summary>The paths to one target, best first; none where the two are the same person or nothing connects them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A person's number is negative, or an option out of its range.</exception>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/>.</exception>
    public static IReadOnlyList<IntroductionPath> ToOne(
        NetworkSnapshot snapshot, int source, int target, IntroductionOptions options, CancellationToken cancellation = default)
    {
        options.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(source);
        ArgumentOutOfRangeException.ThrowIfNegative(target);
        if (source == target || source >= snapshot.People || target >= snapshot.People) return [];
        var workspace = Rent();
        try
        {
            return workspace.ToOne(snapshot, source, target, options, cancellation);
        }
        finally
        {
            Return(workspace);
        }
    }

    /// <summary>
    /// The paths to any of several targets, best first, each to another one. Targets may broker for each other; the
    /// source is never a target.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A person's number is negative, or an option out of its range.</exception>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/>.</exception>
    public static IReadOnlyList<IntroductionPath> ToAny(
        NetworkSnapshot snapshot, int source, IReadOnlyCollection<int> targets, IntroductionOptions options,
        CancellationToken cancellation = default)
    {
        options.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(source);
        foreach (var target in targets) ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(targets));
        if (source >= snapshot.People) return [];
        var workspace = Rent();
        try
        {
            return workspace.ToAny(snapshot, source, targets, options, cancellation);
        }
        finally
        {
            Return(workspace);
        }
    }

    /// <summary>
    /// The paths from any of several sources to any of several targets: k times the best whose first broker and target were
    /// not used yet, first from a source without a path, then from any. Sources may broker for each other, as targets may; none
    /// is a target.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A person's number is negative, or an option out of its range.</exception>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/>.</exception>
    public static IReadOnlyList<IntroductionPath> FromAny(
        NetworkSnapshot snapshot, IReadOnlyCollection<int> sources, IReadOnlyCollection<int> targets, IntroductionOptions options,
        CancellationToken cancellation = default)
    {
        options.Check();
        foreach (var source in sources) ArgumentOutOfRangeException.ThrowIfNegative(source, nameof(sources));
        foreach (var target in targets) ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(targets));
        var workspace = Rent();
        try
        {
            return new TeamSearch(workspace, snapshot, options, cancellation).Find(sources, targets);
        }
        finally
        {
            Return(workspace);
        }
    }

    /// <summary>Workspaces are kept: at most as many as searches ever ran at once, each 4 bytes a person and its labels.</summary>
    internal static IntroductionWorkspace Rent() => s_workspaces.TryTake(out var workspace) ? workspace : new IntroductionWorkspace();

    internal static void Return(IntroductionWorkspace workspace)
    {
        workspace.Release();
        s_workspaces.Add(workspace);
    }
}

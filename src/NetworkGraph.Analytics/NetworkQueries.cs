using System.Runtime.CompilerServices;
using NetworkGraph.Analytics.Beginnings;
using NetworkGraph.Engine.Reciprocity;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Statuses;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics;

/// <summary>A person's dormant ties as of a date (Unix ms), the one most worth reviving first.</summary>
[GenerateSerializer, Immutable]
public sealed record DormantTieList(long AsOfMs, IReadOnlyList<DormantTie> Items);

/// <summary>
/// The questions that need the whole network. Dates are Unix ms; without one the answer is for the current snapshot and
/// its date. Whole-network numbers are computed once a snapshot, however often they are asked for.
/// </summary>
public sealed partial class NetworkQueries(
    LiveNetwork network, HistoryStore histories, ProfileStore profiles, BoundaryStore boundaries, EmbeddedPeople people,
        PeopleOptions options,
    TimeProvider time)
{
    private readonly IntroductionLimits _limits = new(histories.People, profiles, boundaries);
    private readonly ConditionalWeakTable<NetworkSnapshot, WholeNetwork> _wholes = [];

    /// <summary>The date that an answer without one is for: that of the current snapshot.</summary>
    public long CurrentAsOfMs => network.Current.Snapshot.AsOfMs;

    /// <summary>Position of the log up to which an answer without a date goes: that of the current snapshot.</summary>
    public long CurrentPosition => network.Current.Position;

    /// <summary>The numbers of those of these people who are known.</summary>
    public IReadOnlySet<int> NumbersOf(IReadOnlyList<string> ids)
    {
        var numbers = new HashSet<int>(ids.Count);
        foreach (var id in ids)
            if (histories.People.TryGetNumber(id, out var number)) numbers.Add(number);
        return numbers;
    }

    /// <summary>What stands behind an id, whether or not anybody is known by it.</summary>
    public EntityKind EntityOf(string id) => histories.People.TryGetNumber(id, out var number)
        ? histories.Entities.Of(number) : EntityRules.Of(id).Kind;

    public async ValueTask<NetworkAnswer> NetworkAsync(long? asOfMs, CancellationToken cancellation)
    {
        var view = network.Current;
        var snapshot = asOfMs is null ? view.Snapshot : await network.SnapshotAsync(asOfMs, cancellation);
        var whole = _wholes.GetValue(snapshot, static _ => new WholeNetwork());
        var totals = whole.Totals(histories, view, snapshot, cancellation);
        var counts = whole.Statuses(snapshot, options.Status, cancellation);
        return new NetworkAnswer
        {
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            People = totals.People,
            Interactions = totals.Interactions,
            Ties = whole.Reciprocity(snapshot, cancellation).Ties,
            Dyads = snapshot.Entries / 2,
            VanityGap = VanityGapOf(snapshot, asOfMs is null, whole, cancellation),
            Statuses = Enum.GetValues<TieStatus>().ToDictionary(TieNames.Of, status => counts[(int)status]),
            Position = view.Position,
            SnapshotAgeMs = Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - view.PublishedAtMs),
        };
    }

    public async ValueTask<NetworkReciprocityAnswer> ReciprocityAsync(long? asOfMs, CancellationToken cancellation)
    {
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        var reciprocity = _wholes.GetValue(snapshot, static _ => new WholeNetwork()).Reciprocity(snapshot, cancellation);
        return new NetworkReciprocityAnswer
        {
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            People = (int)reciprocity.People,
            Ties = reciprocity.Ties,
            R = reciprocity.R,
            Rho = reciprocity.Rho,
            Weighted = reciprocity.Weighted,
            Evidence = new NetworkReciprocityEvidence
            {
                ReciprocatedTies = reciprocity.Reciprocated,
                Density = reciprocity.People < 2 ? null : reciprocity.Ties / ((double)reciprocity.People * (reciprocity.People - 1)),
            },
        };
    }

    /// <summary>
    /// A person's dormant ties, the one most worth reviving for the goal first, without those that <paramref name="viewer"/> sees as
    /// blocked; null for an unknown id.
    /// </summary>
    public async ValueTask<DormantTieList?> DormantTiesAsync(
        Viewer viewer, string person, ReconnectGoal goal, long? asOfMs, CancellationToken cancellation)
    {
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        if (await people.DormantTiesAsync(person, snapshot.AsOfMs, cancellation, network.ForecastOf(snapshot)) is not { } dormant)
            return null;
        var shown = dormant.Where(tie => !boundaries.ShowsBlocked(viewer, person, tie.Person)).ToList();
        return new DormantTieList(snapshot.AsOfMs, NoveltyOfTies.Rank(snapshot, histories.People, profiles, person, shown, goal));
    }

    /// <summary>Whether <paramref name="viewer"/> sees the two as blocked when looking at <paramref name="person"/>'s answers.</summary>
    public bool ShowsBlocked(Viewer viewer, string person, string other) => boundaries.ShowsBlocked(viewer, person, other);

    /// <summary>
    /// What is foretold of ties at a date (Unix ms), by what the log held up to a position, without the network around them.
    /// </summary>
    public TieForecast ForecastAt(long asOfMs, long position) => TieForecast.At(network.Models, network.Dates, asOfMs, position, null);

    /// <summary>A person's ties in the range as <paramref name="viewer"/> sees them; null for an unknown id.</summary>
    public async ValueTask<IReadOnlyList<Tie>?> TiesAsync(
        Viewer viewer, string person, long asOfMs, TieRange range, CancellationToken cancellation)
    {
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        if (await people.TiesAsync(person, asOfMs, range, cancellation, network.ForecastOf(snapshot, range.UpToPosition)) is not { } ties)
            return null;
        var beginnings = histories.People.TryGetNumber(person, out var number) && ties.Count > 0
            ? new TieBeginnings(histories, options, number, asOfMs) : null;
        return [.. ties.Select(tie =>
        {
            cancellation.ThrowIfCancellationRequested();
            var began = histories.People.TryGetNumber(tie.Person, out var other)
                ? Stated(person, tie.Person, beginnings?.Of(other, asOfMs)) : null;
            return boundaries.ShowsBlocked(viewer, person, tie.Person)
                ? tie with { Status = TieNames.Blocked, Began = began } : tie with { Began = began };
        })];
    }

    /// <summary>How a tie began: what the person said, where they said something.</summary>
    private TieBeginning? Stated(string person, string other, TieBeginning? seen) =>
        people.Outreach.BeginningOf(person, other) is { } stated && seen is not null
        ? seen with { How = stated.How!, Person = stated.By, Venue = stated.Venue, Probability = null, Stated = true }
        : seen;

    /// <summary>One dyad in full as <paramref name="viewer"/> sees it; null where the two have had nothing with each other.</summary>
    public async ValueTask<TieDetail?> TieAsync(Viewer viewer, string person, string other, long asOfMs, CancellationToken cancellation)
    {
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        var tie = await people.TieAsync(person, other, asOfMs, cancellation, network.ForecastOf(snapshot));
        if (tie is not null && histories.People.TryGetNumber(person, out var self) && histories.People.TryGetNumber(other, out var number))
            tie = tie with
            {
                Began = Stated(
                person, histories.People.Ids[number], new TieBeginnings(histories, options, self, asOfMs).Of(number, asOfMs))
            };
        return tie is not null && boundaries.ShowsBlocked(viewer, person, other) ? tie with { Status = TieNames.Blocked } : tie;
    }

    /// <summary>What is computed of one snapshot as a whole, when it is first asked for.</summary>
    private sealed class WholeNetwork
    {
        private readonly Lock _gate = new();
        private NetworkReciprocity? _reciprocity;
        private NetworkTotals? _totals;
        private long[]? _statuses;
        private VanityGap? _vanityGap;

        public NetworkReciprocity Reciprocity(NetworkSnapshot snapshot, CancellationToken cancellation)
        {
            lock (_gate) return _reciprocity ??= NetworkReciprocity.Compute(snapshot, cancellation);
        }

        public VanityGap VanityGap(
            NetworkSnapshot snapshot, Func<NetworkSnapshot, CancellationToken, long> couldCall, CancellationToken cancellation)
        {
            lock (_gate) return _vanityGap ??= new VanityGap(snapshot.Entries / 2, couldCall(snapshot, cancellation));
        }

        public NetworkTotals Totals(HistoryStore histories, NetworkView view, NetworkSnapshot snapshot, CancellationToken cancellation)
        {
            lock (_gate) return _totals ??= NetworkTotals.Of(histories, view, snapshot.AsOfMs, cancellation);
        }

        public long[] Statuses(NetworkSnapshot snapshot, StatusThresholds thresholds, CancellationToken cancellation)
        {
            lock (_gate) return _statuses ??= TieStatusCounts.Compute(snapshot, thresholds, cancellation);
        }
    }
}

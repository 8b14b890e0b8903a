using System.Runtime.CompilerServices;
using NetworkGraph.Engine.Reciprocity;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Statuses;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics.Overview;

/// <summary>
/// How a network is doing as a whole: how reciprocity is spread, what changed lately, who shows which warning. Dates are
/// Unix ms; without one the answer is for the network as it is now. What is named here each person's own answers say too.
/// </summary>
public sealed class OverviewQueries(LiveNetwork network, ProfileStore profiles, PeopleOptions options)
{
    private const int MaxNamed = 5;
    private readonly ConditionalWeakTable<object, ReciprocityDistribution> _distributions = [];

    public async ValueTask<ReciprocityDistributionAnswer> ReciprocityDistributionAsync(long? asOfMs, CancellationToken cancellation)
    {
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        // Shares do not decay: they are those of the rows, whatever the date.
        var distribution = _distributions.GetValue(snapshot.Rows, _ => ReciprocityDistribution.Compute(snapshot, cancellation));
        return new ReciprocityDistributionAnswer
        {
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            BinWidth = 1.0 / ShareHistogram.Bins,
            Returned = Describe(distribution.Returned),
            Given = Describe(distribution.Given),
            Balance = Describe(distribution.Balance),
        };
    }

    /// <summary>What changed from <paramref name="sinceMs"/> to <paramref name="asOfMs"/>.</summary>
    public async ValueTask<NetworkChangesAnswer> ChangesAsync(long sinceMs, long? asOfMs, CancellationToken cancellation)
    {
        var later = await network.SnapshotAsync(asOfMs, cancellation);
        var earlier = await network.SnapshotAsync(sinceMs, cancellation);
        var changes = TieStatusChanges.Compute(earlier, later, options.Status, MaxNamed, cancellation);
        var items = new List<StatusChangeAnswer>();
        foreach (var after in Enum.GetValues<TieStatus>())
        {
            Add(null, after);
            foreach (var before in Enum.GetValues<TieStatus>()) Add(before, after);
        }
        return new NetworkChangesAnswer
        {
            Since = DateTimeOffset.FromUnixTimeMilliseconds(earlier.AsOfMs),
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(later.AsOfMs),
            Dyads = items.Sum(static item => item.Dyads),
            Changes = [.. items.OrderByDescending(static item => item.Dyads).ThenBy(
                static item => item.From, StringComparer.Ordinal).ThenBy(static item => item.To, StringComparer.Ordinal)],
        };

        void Add(TieStatus? before, TieStatus after)
        {
            if (changes.Count(before, after) is not (> 0 and var dyads)) return;
            items.Add(new StatusChangeAnswer
            {
                From = before is { } status ? TieNames.Of(status) : null,
                To = TieNames.Of(after),
                Dyads = dyads,
                Strongest = [.. changes.Strongest(before, after).Where(
                    change => later.Ids[change.Low].Length > 0 && later.Ids[change.High].Length > 0).Select(
                    change => Describe(change, later.Ids))],
            });
        }
    }

    /// <summary>Who shows which warning, as last counted.</summary>
    public NetworkWarningsAnswer Warnings(CancellationToken cancellation)
    {
        if (network.Habits.WhoIsWarned(cancellation) is not { } counted) return new NetworkWarningsAnswer { AsOf = null, Items = [] };
        var ids = network.Current.Snapshot.Ids;
        return new NetworkWarningsAnswer
        {
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(counted.AsOfMs),
            Items =
            [
                .. counted.Warned.OrderByDescending(static warned => warned.People).ThenBy(
                    static warned => warned.Kind.WireName(), StringComparer.Ordinal)
                    .Select(warned => new WarningShownAnswer
                    {
                        Warning = warned.Kind.WireName(),
                        People = warned.People,
                        Ties = warned.Ties,
                        Most = [.. warned.Most.Where(one => ids[one.Person].Length > 0).Select(one =>
                            new WarnedPerson(ids[one.Person], profiles.Of(one.Person)?.Name, one.Ties, one.Score,
                                Profile.EntityOf(ids[one.Person], profiles.Of(one.Person))))],
                    }),
            ],
        };
    }

    private static ShareDistribution Describe(ShareHistogram histogram) => new()
    {
        Of = histogram.Count,
        Zeros = histogram.Zeros,
        LowerQuartile = histogram.Quantile(0.25),
        Median = histogram.Quantile(0.5),
        UpperQuartile = histogram.Quantile(0.75),
        Counts = histogram.InBins(),
    };

    /// <summary>The two by their ids, since numbers are given in the order in which people became known.</summary>
    private ChangedDyad Describe(TieStatusChange change, PersonIds ids)
    {
        var (first, second) = string.CompareOrdinal(ids[change.Low], ids[change.High]) < 0
            ? (change.Low, change.High) : (change.High, change.Low);
        return new(ids[first], ids[second], profiles.Of(first)?.Name, profiles.Of(second)?.Name, change.Strength);
    }
}

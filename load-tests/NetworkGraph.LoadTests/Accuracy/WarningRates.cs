using NetworkGraph.Analytics;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>How many people of a network carry which warning.</summary>
/// <param name="People">People who had written or been written to by the date.</param>
/// <param name="Shares">The share of them on whose list each warning stands that is about themselves.</param>
/// <param name="PersistedUpon">How many pairs are said to be persisted upon.</param>
/// <param name="WroteBack">Of those, how many wrote to the one who persisted within 90 days.</param>
public sealed record WarnedShares(int People, IReadOnlyDictionary<string, double> Shares, int PersistedUpon, int WroteBack);

/// <summary>
/// Question: does a warning stand on many people of a healthy network, and is somebody whom another is said to persist upon in truth
/// glad to hear from them?
/// Method: all people are asked for their warnings at a date, as the API answers; then what followed is looked at.
/// </summary>
public static class WarningRates
{
    private const double WithinDays = 90;

    public static async Task<WarnedShares> MeasureAsync(HistoryStore histories, long atMs, CancellationToken cancellation)
    {
        var options = PeopleOptions.Default;
        var (profiles, boundaries) = (new ProfileStore(), new BoundaryStore());
        var people = new EmbeddedPeople(histories, profiles, boundaries, options);
        var network = new LiveNetwork(histories, options, new LiveNetworkOptions(), new StandingClock(atMs));
        var queries = new NetworkQueries(network, histories, profiles, boundaries, people, options, TimeProvider.System);
        var snapshot = await network.SnapshotAsync(atMs, cancellation);
        var counts = WarningNames.All.ToDictionary(static name => name, static _ => 0);
        var reader = new DyadReader(histories);
        var untilMs = atMs + (long)(WithinDays * 86_400_000);
        int asked = 0, persisted = 0, wroteBack = 0;
        for (var person = 0; person < histories.People.Count; person++)
        {
            if (snapshot.Row(person).Count == 0) continue;
            asked++;
            var warnings = await queries.WarningsAsync(Viewer.Admin, histories.People.Ids[person], atMs, cancellation) ?? [];
            foreach (var name in warnings.Where(
                static warning => !warning.IsByOther || warning.Name == WarningKind.UnwantedPersistence.WireName())
                .Select(static warning => warning.Name).Distinct()) counts[name]++;
            foreach (var warning in warnings.Where(static warning => warning.Name == WarningKind.UnwantedPersistence.WireName()))
            {
                if (warning.Person is not { } other || !histories.People.TryGetNumber(other, out var number)
                    || histories.Find(person, number) is not { } dyad) continue;
                persisted++;
                var back = false;
                foreach (ref readonly var happened in reader.Read(dyad.Index, untilMs))
                    back |= happened.AtMs > atMs && happened.IsOut(dyad.SelfIsLow) && options.WeightTable.IsContact(in happened);
                if (back) wroteBack++;
            }
        }
        return new WarnedShares(
            asked, counts.ToDictionary(static count => count.Key, count => (double)count.Value / Math.Max(1, asked)), persisted, wroteBack);
    }

    private sealed class StandingClock(long nowMs) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(nowMs);
    }
}

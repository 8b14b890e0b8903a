using NetworkGraph.Conformance.People;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Venues;

namespace NetworkGraph.Cluster.Tests;

/// <summary>What every people host must do, by grains in two silos.</summary>
public sealed class ClusterPeopleTests : PeopleHostConformance, IAsyncLifetime
{
    private TestSilos? _silos;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_silos is not null) await _silos.DisposeAsync();
    }

    protected override async Task<IPeopleHost> CreateAsync()
    {
        _silos = await TestSilos.StartAsync();
        return new PeopleWithLog(_silos);
    }

    /// <summary>Grains read the log, so what is applied is appended first.</summary>
    private sealed class PeopleWithLog(TestSilos silos) : IPeopleHost
    {
        public async ValueTask ApplyAsync(RecordBatch batch, CancellationToken cancellation) => await silos.AppendAsync(batch.Records);

        public ValueTask<PersonAnswer?> PersonAsync(string person, long asOfMs, CancellationToken cancellation) => silos.People.PersonAsync(person, asOfMs, cancellation);

        public ValueTask<IReadOnlyList<Tie>?> TiesAsync(string person, long asOfMs, TieRange range, CancellationToken cancellation) => silos.People.TiesAsync(person, asOfMs, range, cancellation);

        public ValueTask<TieDetail?> TieAsync(string person, string other, long asOfMs, CancellationToken cancellation) =>
            silos.People.TieAsync(person, other, asOfMs, cancellation);

        public ValueTask<EgoReciprocity?> ReciprocityAsync(string person, long asOfMs, CancellationToken cancellation) =>
            silos.People.ReciprocityAsync(person, asOfMs, cancellation);

        public ValueTask<IReadOnlyList<DormantTie>?> DormantTiesAsync(string person, long asOfMs, CancellationToken cancellation) =>
            silos.People.DormantTiesAsync(person, asOfMs, cancellation);

        public ValueTask<FollowUpList?> FollowUpsAsync(string person, string? venue, long asOfMs, CancellationToken cancellation) =>
            silos.People.FollowUpsAsync(person, venue, asOfMs, cancellation);

        public ValueTask<IReadOnlyList<PersonVenue>?> VenuesAsync(string person, long asOfMs, CancellationToken cancellation) =>
            silos.People.VenuesAsync(person, asOfMs, cancellation);

        public ValueTask<PersonHabits?> HabitsAsync(string person, long asOfMs, CancellationToken cancellation) =>
            silos.People.HabitsAsync(person, asOfMs, cancellation);

        public ValueTask<IReadOnlyList<HistoryEntry>?> HistoryAsync(string person, HistoryFilter filter, CancellationToken cancellation) =>
            silos.People.HistoryAsync(person, filter, cancellation);
    }
}

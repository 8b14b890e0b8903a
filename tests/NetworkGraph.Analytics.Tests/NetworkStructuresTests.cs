using NetworkGraph.Analytics.Map;
using NetworkGraph.Analytics.Structure;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests;

public sealed class NetworkStructuresTests : IAsyncDisposable
{
    private const int All = int.MaxValue;
    private readonly EmbeddedPeople _people = new(new(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);
    private readonly SteppedClock _clock = new(TestHistories.StartMs + 100 * TestHistories.DayMs);
    private readonly LiveNetwork _network;
    private readonly NetworkStructures _structures;
    private long _position;

    public NetworkStructuresTests()
    {
        _network = new LiveNetwork(_people.Histories, PeopleOptions.Default, new LiveNetworkOptions(), _clock);
        _network.Build(0, TestContext.Current.CancellationToken);
        _structures = new NetworkStructures(_network, new StructureOptions());
    }

    public ValueTask DisposeAsync() => _structures.DisposeAsync();

    [Fact]
    public async Task The_structure_is_that_of_the_network_as_it_is_and_computed_once_for_it()
    {
        Talk("ann", "bob", "cai");
        var first = await AskAsync();
        (await AskAsync()).Whole.ShouldBeSameAs(first.Whole);
        _clock.Advance(TimeSpan.FromDays(1));
        _network.Publish(_position);
        var later = await AskAsync();
        later.Whole.ShouldBeSameAs(first.Whole);
        later.ComputedAsOfMs.ShouldBe(later.Snapshot.AsOfMs);

        Talk("dee", "eve");
        (await AskAsync()).Whole.Communities.Count.ShouldBe(2);
        _structures.Computations.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_large_network_is_answered_with_the_structure_known_last_until_enough_has_changed()
    {
        await using var structures = new NetworkStructures(
            _network, new StructureOptions { AlwaysFreshUpToTies = 0, RenewAfterShare = 0.5 });
        Talk("ann", "bob", "cai");
        var first = await structures.WholeAsync(null, true, TestContext.Current.CancellationToken);
        Talk("dee", "eve");
        var stale = await structures.WholeAsync(null, true, TestContext.Current.CancellationToken);
        stale.Whole.ShouldBeSameAs(first.Whole);
        stale.Snapshot.ShouldBeSameAs(_network.Current.Snapshot);

        Talk("fay", "gus", "hal", "ida", "jan", "kai");
        while (ReferenceEquals((await structures.WholeAsync(null, true, TestContext.Current.CancellationToken)).Whole, first.Whole))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        (await structures.WholeAsync(
            _network.Current.Snapshot.AsOfMs, true, TestContext.Current.CancellationToken)).Whole.Communities.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_explicit_date_is_answered_for_exactly_that_date()
    {
        Talk("ann", "bob", "cai");
        Talk("dee", "eve");
        (await AskAsync(TestHistories.StartMs)).Whole.Communities.Count.ShouldBe(0);
        var then = await AskAsync(TestHistories.StartMs + TestHistories.DayMs + 10);
        then.ComputedAsOfMs.ShouldBe(TestHistories.StartMs + TestHistories.DayMs + 10);
        then.Whole.Communities.Sizes.ShouldBe([3]);
        (await AskAsync(TestHistories.StartMs + TestHistories.DayMs + 10)).Whole.ShouldBeSameAs(then.Whole);
    }

    [Fact]
    public async Task A_caller_who_stops_waiting_does_not_hold_up_the_next()
    {
        Talk("ann", "bob", "cai");
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await _structures.WholeAsync(null, true, new CancellationToken(canceled: true)));
        var snapshot = _network.Current.Snapshot;
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await _structures.WholeAsync(snapshot.AsOfMs, false, new CancellationToken(canceled: true)));
        (await AskAsync()).Whole.Communities.Count.ShouldBe(1);
        (await _structures.WholeAsync(snapshot.AsOfMs, false, TestContext.Current.CancellationToken)).Whole.Communities.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_map_shows_everyone_with_ties_and_only_the_strongest_of_those()
    {
        Talk("ann", "bob", "cai", "dee", "eve", "fay");
        Talk("gus", "hal");
        _people.Histories.PersonOf("nobody");
        var queries = new StructureQueries(
            _network, _structures, _people.Histories, _people.Profiles, _people.Boundaries, PeopleOptions.Default);
        var maps = new MapQueries(_network, _structures, queries, _people.Profiles, PeopleOptions.Default);
        var map = await maps.MapAsync(null, 100, All, TestContext.Current.CancellationToken);
        map.Nodes.Id.Order().ShouldBe(["ann", "bob", "cai", "dee", "eve", "fay", "gus", "hal"]);
        map.Edges.Source.Count.ShouldBeLessThanOrEqualTo(3 * 8);
        map.Edges.Source.Count.ShouldBe(map.Edges.Status.Count);
        map.Communities.Select(c => c.People).ShouldBe([6, 2]);
        map.Communities[1].Label.ShouldBeNull();

        var strongest = await maps.MapAsync(null, 100, 2, TestContext.Current.CancellationToken);
        strongest.Edges.Strength.ShouldBe(map.Edges.Strength.OrderDescending().Take(2), ignoreOrder: true);
        strongest.Edges.Target.Count.ShouldBe(2);
        strongest.Nodes.Id.ShouldBe(map.Nodes.Id);

        var few = await maps.MapAsync(null, 3, All, TestContext.Current.CancellationToken);
        few.Nodes.Id.Count.ShouldBe(3);
        few.People.ShouldBe(8);
        _clock.Advance(TimeSpan.FromDays(400));
        _network.Publish(_position);
        var aged = await maps.MapAsync(null, 100, All, TestContext.Current.CancellationToken);
        aged.Nodes.X.ShouldBe(map.Nodes.X);
        aged.AsOf.ShouldBeGreaterThan(map.AsOf);
        aged.Edges.Strength[0].ShouldBeLessThan(map.Edges.Strength[0]);
    }

    [Fact]
    public async Task An_earlier_date_on_the_map_of_now_has_its_own_ties_and_no_one_moved()
    {
        Talk("ann", "bob", "cai", "dee", "eve");
        Talk("ann", "fay", "gus");
        var queries = new StructureQueries(
            _network, _structures, _people.Histories, _people.Profiles, _people.Boundaries, PeopleOptions.Default);
        var maps = new MapQueries(_network, _structures, queries, _people.Profiles, PeopleOptions.Default);
        var now = await maps.MapAsync(null, 100, All, TestContext.Current.CancellationToken);
        var then = await maps.OnMapOfNowAsync(
            TestHistories.StartMs + TestHistories.DayMs + 10, 100, All, TestContext.Current.CancellationToken);

        then.Nodes.Id.Order().ShouldBe(["ann", "bob", "cai", "dee", "eve"]);
        then.AsOf.ToUnixTimeMilliseconds().ShouldBe(TestHistories.StartMs + TestHistories.DayMs + 10);
        for (var place = 0; place < then.Nodes.Id.Count; place++)
        {
            var at = now.Nodes.Id.ToList().IndexOf(then.Nodes.Id[place]);
            (then.Nodes.X[place], then.Nodes.Y[place], then.Nodes.Community[place]).ShouldBe(
                (now.Nodes.X[at], now.Nodes.Y[at], now.Nodes.Community[at]));
        }
        then.Edges.Source.Select((source, tie) => then.Nodes.Id[source] + then.Nodes.Id[then.Edges.Target[tie]]).ShouldAllBe(
            tie => !tie.Contains("fay") && !tie.Contains("gus"));
        then.Communities.Sum(community => community.People).ShouldBe(5);
        (await maps.OnMapOfNowAsync(TestHistories.StartMs, 100, All, TestContext.Current.CancellationToken)).Nodes.Id.ShouldBeEmpty();
    }

    private Task<KnownStructure> AskAsync(long? asOfMs = null) =>
        _structures.WholeAsync(asOfMs, true, TestContext.Current.CancellationToken).AsTask();

    /// <summary>All write to all, on a day of their own.</summary>
    private void Talk(params string[] people)
    {
        var day = TestHistories.StartMs + (_position + 1) * TestHistories.DayMs;
        var number = 0;
        foreach (var from in people)
        {
            var interaction = new Interaction
            {
                Id = $"{day}-{from}",
                AtMs = day + number++,
                From = from,
                To = [.. people.Except([from])],
                Kind = InteractionKind.Message
            };
            _people.ApplyAsync(new RecordBatch(++_position, [interaction]), TestContext.Current.CancellationToken).AsTask().Wait(
                TestContext.Current.CancellationToken);
        }
        _network.Applied(day);
        _network.Publish(_position);
    }
}

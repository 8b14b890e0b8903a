using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests;

public sealed class LogFoldTests : IAsyncDisposable
{
    private static readonly long s_nowMs = DateTimeOffset.UnixEpoch.AddDays(20_500).ToUnixTimeMilliseconds();
    // Farther than the clock comes while a test waits for a publication.
    private const long AheadMs = 20 * 3_600_000;
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(1));
    private readonly MemoryLog _log = new();
    private readonly SteppedClock _clock = new(s_nowMs);
    private readonly EmbeddedPeople _people = new(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);
    private readonly LiveNetwork _network;
    private Task _run = Task.CompletedTask;
    private LogFold? _fold;

    public LogFoldTests() => _network = new LiveNetwork(_people.Histories, PeopleOptions.Default, new LiveNetworkOptions(), _clock);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }

    [Fact]
    public async Task It_is_ready_once_all_that_was_in_the_log_is_visible()
    {
        _log.Append([.. TestHistories.Random(1, count: 100, people: 6)]);
        await StartAsync();

        _network.Current.Position.ShouldBe(100);
        _fold!.Progress.ShouldBe(new FoldProgress(100, 100));
        _network.Current.Snapshot.Entries.ShouldBeGreaterThan(0);
        (await Snapshot(null)).ShouldBeSameAs(_network.Current.Snapshot);
    }

    [Fact]
    public async Task What_is_published_step_by_step_equals_what_is_built_from_scratch()
    {
        var interactions = TestHistories.Random(2, count: 300, people: 9);
        await StartAsync();
        for (var i = 0; i < interactions.Count; i += 50)
        {
            _log.Append([.. interactions.Skip(i).Take(50)]);
            await VisibleAsync(i + 50);
        }

        var live = await Snapshot(null);
        var scratch = SnapshotAssembly.Collect(
            _people.Histories, PeopleOptions.Default, live.Decay, live.AsOfMs, long.MaxValue, null, TestContext.Current.CancellationToken)
            .Build(live.AsOfMs);
        Ties(live).ShouldBe(Ties(scratch));
    }

    [Fact]
    public async Task An_interaction_dated_ahead_counts_once_its_time_has_come()
    {
        await StartAsync();
        _log.Append(At(s_nowMs + AheadMs, "later", "ann", "bob"), At(s_nowMs - 60_000, "before", "bob", "ann"));
        await VisibleAsync(2);
        OneWay(await Snapshot(null)).ShouldBe((0, 1));

        _clock.Advance(TimeSpan.FromMilliseconds(AheadMs));
        await StateAsync(() => _network.Current.Snapshot.AsOfMs > s_nowMs + AheadMs);

        OneWay(await Snapshot(null)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task The_networks_date_moves_on_without_interactions()
    {
        _log.Append(At(s_nowMs, "one", "ann", "bob"));
        await StartAsync();
        var before = _network.Current.Snapshot.AsOfMs;

        _clock.Advance(TimeSpan.FromMinutes(1));

        await StateAsync(() => _network.Current.Snapshot.AsOfMs > before);
    }

    [Fact]
    public async Task A_snapshot_as_of_a_past_date_holds_what_is_known_of_it_now()
    {
        var past = s_nowMs - (100 * TestHistories.DayMs);
        _log.Append(At(past - 1000, "1", "ann", "bob"), At(s_nowMs - 1000, "2", "bob", "ann"));
        await StartAsync();
        OneWay(await Snapshot(past)).ShouldBe((1, 0));
        (await Snapshot(past)).ShouldBeSameAs(await Snapshot(past));

        _log.Append(At(past - 500, "3", "bob", "ann"));
        await VisibleAsync(3);

        OneWay(await Snapshot(past)).ShouldBe((1, 1));
        OneWay(await Snapshot(past - 2000)).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Snapshots_as_of_dates_stay_within_their_memory()
    {
        _log.Append([.. TestHistories.Random(3, count: 200, people: 20)]);
        await StartAsync();
        var oneSnapshot = (await _network.AsOf.GetAsync(TestHistories.StartMs, TestContext.Current.CancellationToken)).Bytes;
        var cache = new AsOfSnapshots(_people.Histories, PeopleOptions.Default, _people.Models, maxBytes: oneSnapshot * 3);

        for (var day = 0; day < 20; day++) await cache.GetAsync(TestHistories.StartMs + day, TestContext.Current.CancellationToken);

        cache.Bytes.ShouldBeLessThanOrEqualTo(oneSnapshot * 3);
        cache.Builds.ShouldBe(20);
        await cache.GetAsync(TestHistories.StartMs + 19, TestContext.Current.CancellationToken);
        cache.Builds.ShouldBe(20);
    }

    [Fact]
    public async Task A_caller_who_stops_waiting_for_a_date_does_not_cancel_it_for_the_next()
    {
        _log.Append([.. TestHistories.Random(3, count: 200, people: 20)]);
        await StartAsync();
        var cache = new AsOfSnapshots(_people.Histories, PeopleOptions.Default, _people.Models, maxBytes: 1 << 20);

        for (var day = 0; day < 50; day++)
            await Should.ThrowAsync<OperationCanceledException>(
                () => cache.GetAsync(TestHistories.StartMs + day, new CancellationToken(canceled: true)));

        var snapshot = await cache.GetAsync(TestHistories.StartMs + 49, TestContext.Current.CancellationToken);
        snapshot.AsOfMs.ShouldBe(TestHistories.StartMs + 49);
        (await cache.GetAsync(TestHistories.StartMs + 49, TestContext.Current.CancellationToken)).ShouldBeSameAs(snapshot);
    }

    [Fact]
    public async Task An_erased_person_is_gone_from_people_and_snapshots()
    {
        _log.Append(At(s_nowMs - 3000, "1", "ann", "bob"), At(s_nowMs - 2000, "2", "bob", "ann", "cai"),
            At(s_nowMs - 1000, "3", "cai", "bob"));
        await StartAsync();

        (await _fold!.EraseAsync("ann", suppresses: false, TestContext.Current.CancellationToken)).ShouldBe(2);

        (await _people.PersonAsync("ann", s_nowMs, TestContext.Current.CancellationToken)).ShouldBeNull();
        _people.Histories.Interactions.ShouldBe(1);
        _people.Histories.PeopleSeen.ShouldBe(2);
        (await Snapshot(null)).Entries.ShouldBe(2);
        (await _people.TiesAsync("bob", s_nowMs, TieRange.All, TestContext.Current.CancellationToken))!.Select(tie => tie.Person).ShouldBe(
            ["cai"]);
        (await _fold.EraseAsync("ann", suppresses: false, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_person_erased_by_another_node_is_forgotten_with_everyone_no_record_names_any_more()
    {
        _log.Append(
            new ProfileChanged { AtMs = 1, Profile = new Profile { Id = "ann", Name = "Ann" } },
            At(s_nowMs - 3000, "1", "ann", "bob"), At(s_nowMs - 2000, "2", "bob", "ann", "cai"), At(s_nowMs - 1000, "3", "cai", "bob"),
                At(s_nowMs - 900, "4", "ann", "dan"));
        await StartAsync();
        var discarded = 0;
        _fold!.Forgotten = () =>
        {
            Interlocked.Increment(ref discarded);
            return Task.CompletedTask;
        };

        _log.Append(new PersonErased { AtMs = s_nowMs, Tombstones = 4, Positions = [1, 2, 3, 5] });
        await VisibleAsync(6);

        await StateAsync(() => Volatile.Read(ref discarded) == 1);
        foreach (var gone in (string[])["ann", "dan"])
            (await _people.PersonAsync(gone, s_nowMs, TestContext.Current.CancellationToken)).ShouldBeNull();
        _people.Histories.Interactions.ShouldBe(1);
        _people.Profiles.Count.ShouldBe(0);
        (await Snapshot(null)).Entries.ShouldBe(2);
        (await _people.TiesAsync("bob", s_nowMs, TieRange.All, TestContext.Current.CancellationToken))!.Select(tie => tie.Person).ShouldBe(
            ["cai"]);
    }

    [Fact]
    public async Task Who_was_erased_while_the_log_was_being_read_is_forgotten_before_it_is_ready()
    {
        _log.Append(At(s_nowMs - 3000, "1", "ann", "bob"), At(s_nowMs - 1000, "2", "cai", "bob"),
            new PersonErased { AtMs = s_nowMs, Tombstones = 1, Positions = [1] });
        await StartAsync();

        (await _people.PersonAsync("ann", s_nowMs, TestContext.Current.CancellationToken)).ShouldBeNull();
        _people.Histories.Interactions.ShouldBe(1);
    }

    [Fact]
    public async Task Erasing_somebody_takes_their_blocks_and_reports_also_where_the_network_does_not_know_them()
    {
        _log.Append(
            At(s_nowMs - 3000, "1", "ann", "bob"),
            new BlockChanged { AtMs = s_nowMs, By = "ann", Against = "bob", IsPlaced = true },
            new BlockChanged { AtMs = s_nowMs, By = "bob", Against = "stranger", IsPlaced = true },
            new ReportFiled { AtMs = s_nowMs, Id = "r", Reporter = "bob", About = "ann", Reason = ReportReason.Spam });
        await StartAsync();

        (await _fold!.EraseAsync("ann", suppresses: false, TestContext.Current.CancellationToken)).ShouldBe(3);
        (await _fold.EraseAsync("stranger", suppresses: false, TestContext.Current.CancellationToken)).ShouldBe(1);

        _people.Boundaries.Blocks.ShouldBeEmpty();
        _people.Boundaries.Reports.ShouldBeEmpty();
        _people.Boundaries.PositionsNaming("bob").ShouldBeEmpty();
        (await _fold.EraseAsync("stranger", suppresses: false, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task Being_blocked_or_reported_makes_no_one_known()
    {
        _log.Append(
            new BlockChanged { AtMs = s_nowMs, By = "ann", Against = "bob", IsPlaced = true },
            new ReportFiled { AtMs = s_nowMs, Id = "r", Reporter = "ann", About = "bob", Reason = ReportReason.Spam });
        await StartAsync();

        (await _people.PersonAsync("bob", s_nowMs, TestContext.Current.CancellationToken)).ShouldBeNull();
        _people.Histories.People.Count.ShouldBe(0);
    }

    private static Interaction At(long atMs, string id, string from, params string[] to) =>
        new() { Id = id, AtMs = atMs, From = from, To = to, Kind = InteractionKind.Message };

    private static List<string> Ties(NetworkSnapshot snapshot)
    {
        var ties = new List<string>();
        for (var person = 0; person < snapshot.People; person++)
        {
            var row = snapshot.Row(person);
            for (var i = 0; i < row.Count; i++)
                ties.Add($"{snapshot.Ids[person]} {snapshot.Ids[row.Neighbours[i]]} {row.Out[i]} {row.In[i]} {row.LastContactMs[i]}");
        }
        ties.Sort(StringComparer.Ordinal);
        return ties;
    }

    // How many are tied from ann to bob and from bob to ann.
    private (int FromAnn, int FromBob) OneWay(NetworkSnapshot snapshot)
    {
        _people.Histories.People.TryGetNumber("ann", out var ann).ShouldBeTrue();
        var row = snapshot.Row(ann);
        return (row.Out.ToArray().Count(s => s > 0), row.In.ToArray().Count(s => s > 0));
    }

    private ValueTask<NetworkSnapshot> Snapshot(long? asOfMs) => _network.SnapshotAsync(asOfMs, TestContext.Current.CancellationToken);

    private async Task StartAsync()
    {
        _fold = new LogFold(_log, _people, _network, new LiveNetworkOptions(), _clock);
        _run = _fold.RunAsync(_stop.Token);
        await _fold.Ready.WaitAsync(TestContext.Current.CancellationToken);
    }

    private Task VisibleAsync(long position) => StateAsync(() => _network.Current.Position >= position);

    // The clock stands still unless moved, so whoever waits for a publication moves it.
    private async Task StateAsync(Func<bool> reached)
    {
        while (!reached())
        {
            _stop.Token.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
    }
}

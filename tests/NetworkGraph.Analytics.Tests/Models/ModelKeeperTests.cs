using NetworkGraph.Analytics.Models;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests.Models;

public sealed class ModelKeeperTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(1));
    private readonly MemoryLog _log = new();
    private readonly SteppedClock _clock = new(MonthsOfMail.At(460));
    private readonly EmbeddedPeople _people = new(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);
    private readonly LiveNetwork _network;
    private readonly LogFold _fold;
    private readonly ModelKeeper _keeper;
    private Task _run = Task.CompletedTask;

    public ModelKeeperTests()
    {
        _network = new LiveNetwork(_people.Histories, PeopleOptions.Default, new LiveNetworkOptions(), _clock, _people.Models);
        _fold = new LogFold(_log, _people, _network, new LiveNetworkOptions(), _clock);
        _keeper = new ModelKeeper(_log, _fold, _people, PeopleOptions.Default, new ModelOptions(), _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }

    [Fact]
    public async Task Each_month_is_learned_once_the_latest_first()
    {
        await StartAsync(MonthsOfMail.From(1));
        await LearnAllAsync();

        var dates = Models().Select(static model => model.GridMs).Distinct().ToList();
        dates.ShouldBe(dates.OrderDescending());
        dates[0].ShouldBe(new DateTimeOffset(2025, 4, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        dates.ShouldAllBe(static date => DateTimeOffset.FromUnixTimeMilliseconds(date).Day == 1);
        var learned = _keeper.Trained;
        (await _keeper.LearnNextAsync(_stop.Token)).ShouldBeNull();
        _keeper.Trained.ShouldBe(learned);
    }

    [Fact]
    public async Task An_answer_uses_the_model_of_the_last_date_before_it()
    {
        await StartAsync(MonthsOfMail.From(2));
        await LearnAllAsync();

        var february = new DateTimeOffset(2025, 2, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        _people.Models.At(ModelKind.Persistence, february - 1).ShouldNotBeNull().GridMs.ShouldBeLessThan(february);
        _people.Models.At(ModelKind.Persistence, february).ShouldNotBeNull().GridMs.ShouldBe(february);
        _people.Models.At(ModelKind.Persistence, february, upToPosition: 10).ShouldBeNull();
        _people.Models.At(ModelKind.Persistence, MonthsOfMail.At(0)).ShouldBeNull();
    }

    [Fact]
    public async Task A_month_is_learned_again_where_more_than_a_hundredth_before_it_changed()
    {
        var mails = MonthsOfMail.From(3);
        await StartAsync(mails);
        await LearnAllAsync();
        var before = Models().Count;

        await AppendAsync([.. mails.TakeLast(mails.Count / 200).Select(static mail => Again(mail))]);
        (await _keeper.LearnNextAsync(_stop.Token)).ShouldBeNull();

        await AppendAsync([.. mails.TakeLast(mails.Count / 20).Select(static mail => Again(mail, "x"))]);
        (await _keeper.LearnNextAsync(_stop.Token)).ShouldNotBeNull();
        Models().Count.ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task A_learned_half_life_is_that_of_the_snapshots_from_its_date_on()
    {
        await StartAsync(MonthsOfMail.From(4));
        var march = new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        (await SnapshotAsync(march)).Decay.HopHalfLifeDays.ShouldBe(90);
        await AppendAsync([new ModelTrained
        {
            Kind = ModelKind.Hop, GridMs = march, AtMs = 0, Position = 1, Interactions = 1, WindowDays = 14, Rows = 1,
                Parameters = [-1, 1, 15],
        }]);

        (await SnapshotAsync(march - 1)).Decay.HopHalfLifeDays.ShouldBe(90);
        (await SnapshotAsync(march)).Decay.HopHalfLifeDays.ShouldBe(15);
        var current = await SnapshotAsync(null);
        current.Decay.HopHalfLifeDays.ShouldBe(15);
        _network.HopOf(current).ShouldBe(new HopFit(new(-1, 1), 15, march));
    }

    private static Interaction Again(Interaction mail, string suffix = "") =>
        new() { Id = $"{mail.Id}-again{suffix}", AtMs = mail.AtMs, From = mail.From, To = mail.To, Kind = mail.Kind };

    private List<ModelTrained> Models() =>
        [.. _log.ReadAtAsync([.. Enumerable.Range(1, (int)_log.LastPosition).Select(static position => (long)position)], _stop.Token)
        .AsTask().GetAwaiter().GetResult().OfType<ModelTrained>()];

    private async Task LearnAllAsync()
    {
        while (await _keeper.LearnNextAsync(_stop.Token) is not null) { }
        await AppendAsync([]);
    }

    private async Task StartAsync(List<Interaction> mails)
    {
        _log.Append([.. mails]);
        _run = _fold.RunAsync(_stop.Token);
        await _fold.Ready.WaitAsync(_stop.Token);
    }

    private async Task AppendAsync(LogRecord[] records)
    {
        _log.Append(records);
        while (_network.Current.Position < _log.LastPosition)
        {
            _stop.Token.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    private ValueTask<NetworkSnapshot> SnapshotAsync(long? asOfMs) => _network.SnapshotAsync(asOfMs, _stop.Token);
}

using System.Globalization;
using System.Runtime.InteropServices;
using NetworkGraph.Analytics.Proof;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Profiles;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests.Proof;

public sealed class FoldProofTests : IAsyncLifetime
{
    private const int People = 25;
    private static readonly long s_nowMs = DateTimeOffset.UnixEpoch.AddDays(20_500).ToUnixTimeMilliseconds();
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(1));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly MemoryLog _log = new();
    private readonly SteppedClock _clock = new(s_nowMs);
    private readonly EmbeddedPeople _people = new(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);
    private readonly LiveNetwork _network;
    private readonly LogFold _fold;
    private readonly CheckpointKeeper _checkpoints;
    private readonly FoldProof _proof;
    private Task _run = Task.CompletedTask;

    public FoldProofTests()
    {
        _network = new LiveNetwork(_people.Histories, PeopleOptions.Default, new LiveNetworkOptions(), _clock);
        _fold = new LogFold(_log, _people, _network, new LiveNetworkOptions(), _clock);
        _checkpoints = new CheckpointKeeper(Path.Combine(_folder.FullName, "folds.checkpoint"), _log, _fold, _people, _clock);
        _proof = new FoldProof(_log, _fold, _people, _network, _checkpoints, new FoldProofOptions { CorePercent = 100 }, _clock);
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _log.Append([.. TestHistories.Random(3, count: 600, people: People)]);
        _log.Append(
            new Interaction
            {
                Id = "met",
                AtMs = s_nowMs - 5_000,
                From = "ann",
                To = ["bob", "cem", "dee"],
                Kind = InteractionKind.Meeting,
                About = "eve"
            },
            new Interaction
            {
                Id = "at",
                AtMs = s_nowMs - 4_000,
                From = "ann",
                To = [],
                Kind = InteractionKind.Attendance,
                Venue = "fair"
            });
        _run = _fold.RunAsync(_stop.Token);
        await _fold.Ready.WaitAsync(Now);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_fold_that_is_as_its_log_is_left_alone()
    {
        var pass = await _proof.PassAsync(1000, Now);
        pass.People.ShouldBe(_people.Histories.People.Count);
        pass.Differing.ShouldBe(0);
        _network.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task Flipped_bits_of_folded_events_are_found_in_one_pass_and_put_right()
    {
        var random = new Random(5);
        var before = await AnswersAsync();
        for (var fault = 0; fault < 200; fault++)
        {
            var index = random.Next(_people.Histories.EventCount);
            // What was put right elsewhere leaves places that nothing leads to.
            if (_people.Histories.Events[index].AtMs == DyadEvent.NeverMs) continue;
            Flip(ref _people.Histories.Events[index], random.Next(32), random.Next(8));
            var pass = await _proof.PassAsync(1000, Now);
            pass.Differing.ShouldBeGreaterThan(0, $"fault {fault}, event {index}");
            pass.Mended.ShouldBe(pass.Differing);
            _fold.Suspended.Count.ShouldBe(0);
            (await AnswersAsync()).ShouldBe(before, $"fault {fault}, event {index}");
        }
        (await _proof.PassAsync(1000, Now)).Differing.ShouldBe(0);
    }

    [Fact]
    public async Task Several_faults_at_once_are_put_right_in_one_pass()
    {
        var random = new Random(6);
        var before = await AnswersAsync();
        for (var fault = 0; fault < 40; fault++)
            Flip(ref _people.Histories.Events[random.Next(_people.Histories.EventCount)], random.Next(8, 32), random.Next(8));
        var pass = await _proof.PassAsync(1000, Now);
        pass.Mended.ShouldBe(pass.Differing);
        (await AnswersAsync()).ShouldBe(before);
        (await _proof.PassAsync(1000, Now)).Differing.ShouldBe(0);
    }

    [Fact]
    public async Task Passes_come_to_everybody()
    {
        var compared = 0;
        for (var pass = 0; pass < 10; pass++) compared += (await _proof.PassAsync(3, Now)).People;
        compared.ShouldBe(30);
        _proof.Compared.ShouldBe(30);
    }

    [Fact]
    public async Task A_checkpoint_that_is_damaged_on_the_disk_is_discarded()
    {
        await _checkpoints.WriteAsync(Now);
        var path = Path.Combine(_folder.FullName, "folds.checkpoint");
        await _proof.PassAsync(1, Now);
        File.Exists(path).ShouldBeTrue();
        var bytes = await File.ReadAllBytesAsync(path, Now);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Now);
        await _proof.PassAsync(1, Now);
        File.Exists(path).ShouldBeFalse();
        _proof.DamagedCheckpoints.ShouldBe(1);
    }

    private static void Flip(ref DyadEvent happened, int at, int bit) =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref happened, 1))[at] ^= (byte)(1 << bit);

    private async Task<string> AnswersAsync()
    {
        var text = new List<string>();
        for (var number = 0; number < _people.Histories.People.Count; number++)
        {
            var id = _people.Histories.People.Ids[number];
            var ties = await _people.TiesAsync(id, s_nowMs, new TieRange(), Now);
            text.Add(string.Create(CultureInfo.InvariantCulture, $"{id}: {string.Join("; ", ties!.Select(static tie => tie.ToString()))}"));
            text.Add((await _people.PersonAsync(id, s_nowMs, Now))!.InteractionsIn.ToString(CultureInfo.InvariantCulture));
        }
        return string.Join('\n', text);
    }
}

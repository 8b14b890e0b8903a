using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Conformance.Log;

/// <summary>What every interaction log must do. A subclass says how to open one; each test has a log of its own.</summary>
public abstract partial class InteractionLogConformance : IAsyncLifetime
{
    private IInteractionLog? _log;

    private IInteractionLog Log => _log ?? throw new InvalidOperationException("The log is not open.");

    protected static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>Opens this test's log, again where it was closed before.</summary>
    /// <param name="maxQueuedRecords">Beyond which appends are told to try later; null is the default.</param>
    protected abstract Task<IInteractionLog> OpenAsync(int? maxQueuedRecords = null);

    /// <summary>Removes what the test's log left behind.</summary>
    protected abstract ValueTask CleanUpAsync();

    public async ValueTask InitializeAsync() => _log = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (_log is not null) await _log.DisposeAsync();
        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    private async Task ReopenAsync(int? maxQueuedRecords = null)
    {
        await Log.DisposeAsync();
        _log = await OpenAsync(maxQueuedRecords);
    }

    private async Task<AppendResult[]> AppendAsync(params LogRecord[] records)
    {
        var receipt = await Log.AppendAsync(records, Now);
        receipt.Overloaded.ShouldBeFalse();
        receipt.Results.Length.ShouldBe(records.Length);
        return receipt.Results;
    }

    private async Task<List<LogRecord>> AllAsync(long after = 0)
    {
        var all = new List<LogRecord>();
        await foreach (var batch in Log.ReadAsync(after, Now))
        {
            batch.FirstPosition.ShouldBe(after + all.Count + 1);
            batch.Records.Length.ShouldBeGreaterThan(0);
            all.AddRange(batch.Records);
        }
        return all;
    }

    private static void ShouldBeSame(IReadOnlyList<LogRecord> found, IReadOnlyList<LogRecord> expected)
    {
        found.Count.ShouldBe(expected.Count);
        for (var i = 0; i < found.Count; i++) SampleRecords.ContentOf(found[i]).ShouldBe(SampleRecords.ContentOf(expected[i]));
    }

    [Fact]
    public async Task An_empty_log_has_no_records()
    {
        Log.LastPosition.ShouldBe(0);
        (await AllAsync()).ShouldBeEmpty();
        (await Log.ReadAtAsync([], Now)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_append_changes_nothing()
    {
        var receipt = await Log.AppendAsync([], Now);
        receipt.Overloaded.ShouldBeFalse();
        receipt.Results.ShouldBeEmpty();
        Log.LastPosition.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_appended_is_read_back_whole()
    {
        LogRecord[] records =
        [
            SampleRecords.Between("0b6f3c1e-8d8e-4c39-9f43-0a4c53ce7a11", "ann@example.org", "ben@example.org", "eve 🦊"),
            SampleRecords.ProfileOf("ann@example.org"),
            new Interaction { Id = "x", AtMs = -1, From = "a", To = [], Kind = InteractionKind.Attendance, Venue = "v" },
            SampleRecords.Numbered(7) ,
            new Interaction { Id = "many", AtMs = 5, From = "a", To = [.. Enumerable.Range(0, 1000).Select(n => $"to {n}")],
                Kind = InteractionKind.Message },
        ];
        var results = await AppendAsync(records);
        results.Select(result => result.Outcome).ShouldAllBe(outcome => outcome == AppendOutcome.Accepted);
        results.Select(result => result.Position).ShouldBe([1, 2, 3, 4, 5]);
        ShouldBeSame(await AllAsync(), records);
        await ReopenAsync();
        ShouldBeSame(await AllAsync(), records);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_opening_again()
    {
        await AppendAsync(SampleRecords.Many(0, 3));
        await AppendAsync(SampleRecords.Many(3, 700));
        await ReopenAsync();
        Log.LastPosition.ShouldBe(703);
        await AppendAsync(SampleRecords.Many(703, 2));
        await ReopenAsync();
        ShouldBeSame(await AllAsync(), SampleRecords.Many(0, 705));
    }

    [Fact]
    public async Task A_large_append_is_taken_whole()
    {
        var records = SampleRecords.Many(0, 50_000);
        var results = await AppendAsync(records);
        results[^1].ShouldBe(new AppendResult(AppendOutcome.Accepted, 50_000));
        ShouldBeSame(await AllAsync(), records);
    }

    [Fact]
    public async Task Large_records_are_taken()
    {
        var records = Enumerable.Range(0, 40).Select(LogRecord (number) => new Interaction
        {
            Id = $"large-{number}",
            AtMs = number,
            From = "a",
            To = [.. Enumerable.Range(0, 1000).Select(n => $"{new string('é', 100)} {number * 1000 + n}")],
            Kind = InteractionKind.Message,
        }).ToArray();
        await AppendAsync(records[..1]);
        await AppendAsync(records[1..2]);
        await AppendAsync(records[2..]);
        ShouldBeSame(await AllAsync(), records);
    }

    [Fact]
    public async Task Reading_starts_after_any_position()
    {
        var records = SampleRecords.Many(0, 1300);
        await AppendAsync(records);
        foreach (var after in (int[])[0, 1, 2, 127, 511, 512, 513, 1024, 1299, 1300])
            ShouldBeSame(await AllAsync(after), records[after..]);
        (await AllAsync(5000)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_are_found_by_position_in_the_order_asked_for()
    {
        var records = SampleRecords.Many(0, 2000);
        await AppendAsync(records[..10]);
        await AppendAsync(records[10..]);
        long[] positions = [2000, 1, 513, 512, 1, 11, 10, 1999];
        ShouldBeSame(await Log.ReadAtAsync(positions, Now), [.. positions.Select(position => records[position - 1])]);
    }

    [Fact]
    public async Task Asking_for_a_position_that_is_not_there_is_an_error()
    {
        await AppendAsync(SampleRecords.Many(0, 3));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Log.ReadAtAsync([4], Now));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Log.ReadAtAsync([0], Now));
    }

    [Fact]
    public async Task Records_found_by_position_are_the_newest_while_the_log_grows()
    {
        for (var number = 0; number < 300; number++)
        {
            await AppendAsync(SampleRecords.Numbered(number));
            ShouldBeSame(await Log.ReadAtAsync([number + 1, 1], Now), [SampleRecords.Numbered(number), SampleRecords.Numbered(0)]);
        }
    }

    [Fact]
    public async Task A_duplicate_changes_nothing()
    {
        await AppendAsync(SampleRecords.Many(0, 10));
        (await AppendAsync(SampleRecords.Numbered(4))).ShouldBe([new AppendResult(AppendOutcome.Duplicate, 5)]);
        Log.LastPosition.ShouldBe(10);
        await ReopenAsync();
        (await AppendAsync(SampleRecords.Numbered(9), SampleRecords.Numbered(10))).ShouldBe(
            [new AppendResult(AppendOutcome.Duplicate, 10), new AppendResult(AppendOutcome.Accepted, 11)]);
        ShouldBeSame(await AllAsync(), SampleRecords.Many(0, 11));
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_a_conflict_and_changes_nothing()
    {
        await AppendAsync(SampleRecords.Many(0, 10));
        (await AppendAsync(SampleRecords.Numbered(77, id: "i-0000004"))).ShouldBe([new AppendResult(AppendOutcome.Conflict, 5)]);
        await ReopenAsync();
        (await AppendAsync(SampleRecords.Numbered(77, id: "i-0000004"))).ShouldBe([new AppendResult(AppendOutcome.Conflict, 5)]);
        ShouldBeSame(await AllAsync(), SampleRecords.Many(0, 10));
    }

    [Fact]
    public async Task Within_one_append_the_first_of_an_id_counts()
    {
        var results = await AppendAsync(
            SampleRecords.Numbered(0), SampleRecords.Numbered(1), SampleRecords.Numbered(0), SampleRecords.Numbered(5, id: "i-0000001"),
                SampleRecords.Numbered(2));
        results.ShouldBe(
        [
            new AppendResult(AppendOutcome.Accepted, 1), new AppendResult(AppendOutcome.Accepted, 2),
                new AppendResult(AppendOutcome.Duplicate, 1),
            new AppendResult(AppendOutcome.Conflict, 2), new AppendResult(AppendOutcome.Accepted, 3),
        ]);
        ShouldBeSame(await AllAsync(), SampleRecords.Many(0, 3));
    }

    [Fact]
    public async Task Every_field_tells_a_duplicate_from_a_conflict()
    {
        var original = SampleRecords.Between("one", "a", "b", "c");
        await AppendAsync(original);
        Interaction[] others =
        [
            Changed(original, atMs: 1), Changed(original, from: "x"), Changed(original, to: ["b", "x"]),
                Changed(original, kind: InteractionKind.Message),
            Changed(original, exchange: Exchange.Ask), Changed(original, setting: Setting.Family), Changed(original, channel: "x"),
                Changed(original, venue: "x"),
            Changed(original, inReplyTo: "x"), Changed(original, about: "x"), Changed(original, personalised: false),
                Changed(original, length: 62),
        ];
        (await AppendAsync([.. others])).Select(result => result.Outcome).ShouldAllBe(outcome => outcome == AppendOutcome.Conflict);
        (await AppendAsync(Changed(original))).ShouldBe([new AppendResult(AppendOutcome.Duplicate, 1)]);
    }

    [Fact]
    public async Task Records_without_an_id_are_always_taken()
    {
        LogRecord[] records = [SampleRecords.ProfileOf("a"), SampleRecords.ProfileOf("a"), new PersonErased { AtMs = 3, Tombstones = 0 }];
        (await AppendAsync(records)).Select(result => result.Outcome).ShouldAllBe(outcome => outcome == AppendOutcome.Accepted);
        (await AppendAsync(records)).Select(result => result.Position).ShouldBe([4, 5, 6]);
        ShouldBeSame(await AllAsync(), [.. records, .. records]);
    }

    private static Interaction Changed(
        Interaction of, long? atMs = null, string? from = null, string[]? to = null, InteractionKind? kind = null,
            Exchange? exchange = null,
        Setting? setting = null, string? channel = null, string? venue = null, string? inReplyTo = null, string? about = null,
        bool? personalised = null, double? length = null) => new()
        {
            Id = of.Id,
            AtMs = atMs ?? of.AtMs,
            From = from ?? of.From,
            To = to ?? of.To,
            Kind = kind ?? of.Kind,
            Exchange = exchange ?? of.Exchange,
            Setting = setting ?? of.Setting,
            Channel = channel ?? of.Channel,
            Venue = venue ?? of.Venue,
            InReplyTo = inReplyTo ?? of.InReplyTo,
            About = about ?? of.About,
            Personalised = personalised ?? of.Personalised,
            LengthSeconds = length ?? of.LengthSeconds,
        };
}

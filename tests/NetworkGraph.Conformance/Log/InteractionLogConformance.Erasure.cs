using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Conformance.Log;

public abstract partial class InteractionLogConformance
{
    private const string Eve = "eve-to-be-erased@example.org";

    /// <summary>
    /// Nine records among 600 others that name Eve: as sender, recipient, third person, one of many, by profile, and in blocks and
    /// reports. And the state of a report, which names no one.
    /// </summary>
    private async Task<(List<LogRecord> Records, long[] Positions)> WithEveAsync()
    {
        var records = new List<LogRecord>(SampleRecords.Many(0, 300))
        {
            SampleRecords.Between("e1", Eve, "b"),
            SampleRecords.Between("e2", "a", Eve),
            SampleRecords.Between("e3", "a", "b", Eve),
            new Interaction { Id = "e4", AtMs = 4, From = "a", To = ["b", Eve, "c"], Kind = InteractionKind.Message },
            SampleRecords.ProfileOf(Eve),
            SampleRecords.BlockBetween(Eve, "b"),
            SampleRecords.BlockBetween("a", Eve, isPlaced: false),
            SampleRecords.ReportBetween("r1", Eve, "b"),
            SampleRecords.ReportBetween("r2", "a", Eve),
            new ReportMoved { Id = "r2", AtMs = 5, State = ReportState.Reviewing },
        };
        records.AddRange(SampleRecords.Many(300, 300));
        await AppendAsync([.. records]);
        return (records, [301, 302, 303, 304, 305, 306, 307, 308, 309]);
    }

    private static LogRecord[] WithoutEve(List<LogRecord> records, long atMs) =>
    [
        .. records.Take(300),
        .. Enumerable.Repeat(new Tombstone(), 9),
        .. records.Skip(309),
        new PersonErased { AtMs = atMs, Tombstones = 9 },
    ];

    [Fact]
    public async Task An_erased_person_leaves_tombstones_in_place()
    {
        var (records, positions) = await WithEveAsync();
        (await Log.ReadAtAsync(positions, Now)).ShouldAllBe(record => !(record is Tombstone));
        (await Log.EraseAsync(Eve, positions, 99, Now)).ShouldBe(611);
        Log.LastPosition.ShouldBe(611);
        var expected = WithoutEve(records, 99);
        ShouldBeSame(await AllAsync(), expected);
        ShouldBeSame(await Log.ReadAtAsync([301, 305, 611], Now), [expected[300], expected[304], expected[610]]);
        ShouldBeSame(await FollowedAsync(0), expected);
        await ReopenAsync();
        ShouldBeSame(await AllAsync(), expected);
    }

    [Fact]
    public async Task Nothing_says_that_an_id_was_erased()
    {
        var (records, positions) = await WithEveAsync();
        await Log.EraseAsync(Eve, positions, 99, Now);
        for (var opened = 0; opened < 2; opened++)
        {
            var first = 612 + 2 * opened;
            (await AppendAsync(records[300 + opened], SampleRecords.Numbered(5, id: $"e{3 + opened}"))).ShouldBe(
                [new AppendResult(AppendOutcome.Accepted, first), new AppendResult(AppendOutcome.Accepted, first + 1)]);
            await ReopenAsync();
        }
    }

    [Fact]
    public async Task An_erased_person_can_come_again_and_be_erased_again()
    {
        var (_, positions) = await WithEveAsync();
        await Log.EraseAsync(Eve, positions, 99, Now);
        (await AppendAsync(SampleRecords.Between("later", Eve, "b")))[0].ShouldBe(new AppendResult(AppendOutcome.Accepted, 612));
        (await Log.EraseAsync(Eve, [.. positions, 612], 100, Now)).ShouldBe(613);
        ShouldBeSame(await Log.ReadAtAsync([612, 613], Now), [new Tombstone(), new PersonErased { AtMs = 100, Tombstones = 1 }]);
    }

    [Fact]
    public async Task Erasing_somebody_unknown_is_recorded()
    {
        await AppendAsync(SampleRecords.Many(0, 3));
        (await Log.EraseAsync("nobody", [], 7, Now)).ShouldBe(4);
        ShouldBeSame(await AllAsync(), [.. SampleRecords.Many(0, 3), new PersonErased { AtMs = 7, Tombstones = 0 }]);
    }

    [Fact]
    public async Task Erasing_with_wrong_positions_erases_nothing()
    {
        var (records, positions) = await WithEveAsync();
        await Should.ThrowAsync<ArgumentException>(async () => await Log.EraseAsync(Eve, [1, .. positions], 7, Now));
        await Should.ThrowAsync<ArgumentException>(async () => await Log.EraseAsync(Eve, [.. positions, 310], 7, Now));
        await Should.ThrowAsync<ArgumentException>(async () => await Log.EraseAsync(Eve, [302, 301], 7, Now));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Log.EraseAsync(Eve, [.. positions, 9999], 7, Now));
        ShouldBeSame(await AllAsync(), records);
        (await AppendAsync(SampleRecords.Numbered(5000)))[0].ShouldBe(new AppendResult(AppendOutcome.Accepted, 611));
    }

    [Fact]
    public async Task Erasing_goes_with_appends_and_followers_beside_it()
    {
        var (_, positions) = await WithEveAsync();
        var follower = Task.Run(() => FollowUntilPositionAsync(610, 610 + 200 + 1));
        var appends = Task.Run(async () =>
        {
            for (var number = 1000; number < 1200; number++) await AppendAsync(SampleRecords.Numbered(number));
        });
        await Log.EraseAsync(Eve, positions, 99, Now);
        await appends;
        var followed = await follower;
        followed.Count.ShouldBe(201);
        followed.OfType<PersonErased>().Count().ShouldBe(1);
        ShouldBeSame(followed, await AllAsync(610));
    }

    private Task<List<LogRecord>> FollowedAsync(long after) => FollowUntilPositionAsync(after, Log.LastPosition);

    private async Task<List<LogRecord>> FollowUntilPositionAsync(long after, long last)
    {
        var records = new List<LogRecord>();
        await foreach (var batch in Log.FollowAsync(after, Now))
        {
            batch.FirstPosition.ShouldBe(after + records.Count + 1);
            records.AddRange(batch.Records);
            if (batch.LastPosition >= last) break;
        }
        return records;
    }
}

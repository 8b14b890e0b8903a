using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Conformance.Log;

public abstract partial class InteractionLogConformance
{
    [Fact]
    public async Task Concurrent_appends_get_dense_positions()
    {
        const int Writers = 8, Appends = 40, Size = 7;
        var positions = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var own = new List<(long Position, int Number)>();
            for (var append = 0; append < Appends; append++)
            {
                var first = (writer * Appends + append) * Size;
                var results = await AppendAsync(SampleRecords.Many(first, Size));
                own.AddRange(results.Select((result, i) => (result.Position, first + i)));
            }
            return own;
        })));
        var byPosition = positions.SelectMany(own => own).OrderBy(one => one.Position).ToArray();
        byPosition.Select(one => one.Position).ShouldBe(Enumerable.Range(1, Writers * Appends * Size).Select(position => (long)position));
        foreach (var own in positions) own.Select(one => one.Position).ShouldBeInOrder();
        ShouldBeSame(await AllAsync(), [.. byPosition.Select(one => SampleRecords.Numbered(one.Number))]);
    }

    [Fact]
    public async Task Of_two_callers_with_the_same_id_at_once_exactly_one_is_accepted()
    {
        for (var round = 0; round < 50; round++)
        {
            var id = $"round-{round}";
            var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
                (await AppendAsync(SampleRecords.Numbered(caller % 2, id)))[0])));
            results.Count(result => result.Outcome == AppendOutcome.Accepted).ShouldBe(1);
            results.Count(result => result.Outcome == AppendOutcome.Duplicate).ShouldBe(1);
            results.Count(result => result.Outcome == AppendOutcome.Conflict).ShouldBe(2);
            results.Select(result => result.Position).ShouldAllBe(position => position == round + 1);
        }
        Log.LastPosition.ShouldBe(50);
    }

    [Fact]
    public async Task What_is_acknowledged_is_counted_and_can_be_read_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var number = writer * 100; number < writer * 100 + 100; number++)
            {
                var position = (await AppendAsync(SampleRecords.Numbered(number)))[0].Position;
                Log.LastPosition.ShouldBeGreaterThanOrEqualTo(position);
                ShouldBeSame(await Log.ReadAtAsync([position], Now), [SampleRecords.Numbered(number)]);
            }
        })));
    }

    [Fact]
    public async Task Followers_get_every_record_once_and_in_order_while_appends_go_on()
    {
        const int Total = 6000;
        await AppendAsync(SampleRecords.Many(0, 1000));
        var followers = ((long[])[0, 1, 500, 999, 1000, 3000]).Select(after => Task.Run(() => FollowUntilAsync(after, Total))).ToArray();
        for (var number = 1000; number < Total;)
        {
            var size = Math.Min(1 + number % 250, Total - number);
            await AppendAsync(SampleRecords.Many(number, size));
            number += size;
        }
        foreach (var (after, numbers) in await Task.WhenAll(followers))
            numbers.ShouldBe(Enumerable.Range((int)after, Total - (int)after).Select(SampleRecords.IdOf));
    }

    [Fact]
    public async Task A_slow_follower_misses_nothing()
    {
        const int Total = 3000;
        var seen = new List<string>();
        await AppendAsync(SampleRecords.Many(0, 100));
        await foreach (var batch in Log.FollowAsync(0, Now))
        {
            seen.AddRange(batch.Records.Select(record => ((Interaction)record).Id));
            if (seen.Count == Total) break;
            // The log grows by more than the follower has taken.
            for (var appends = 0; appends < 3; appends++)
            {
                var first = (int)Log.LastPosition;
                if (first < Total) await AppendAsync(SampleRecords.Many(first, Math.Min(100, Total - first)));
            }
        }
        seen.ShouldBe(Enumerable.Range(0, Total).Select(SampleRecords.IdOf));
    }

    [Fact]
    public async Task Following_waits_and_ends_when_cancelled()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Now);
        await AppendAsync(SampleRecords.Many(0, 5));
        var follower = Log.FollowAsync(3, stop.Token).GetAsyncEnumerator(stop.Token);
        (await follower.MoveNextAsync()).ShouldBeTrue();
        follower.Current.FirstPosition.ShouldBe(4);
        follower.Current.LastPosition.ShouldBe(5);
        var next = follower.MoveNextAsync();
        next.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await next);
        await follower.DisposeAsync();
    }

    [Fact]
    public async Task A_cancelled_call_ends_with_cancellation()
    {
        await AppendAsync(SampleRecords.Many(0, 5));
        var cancelled = new CancellationToken(canceled: true);
        await Should.ThrowAsync<OperationCanceledException>(async () => await Log.AppendAsync(SampleRecords.Many(5, 1), cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Log.ReadAtAsync([1], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Log.EraseAsync("x", [], 0, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Log.ReadAsync(0, cancelled)) { }
        });
        Log.LastPosition.ShouldBe(5);
    }

    [Fact]
    public async Task Too_many_waiting_appends_are_refused_until_later_and_leave_nothing()
    {
        await ReopenAsync(maxQueuedRecords: 20);
        var refused = new List<int>();
        var accepted = new List<int>();
        for (var round = 0; refused.Count == 0; round++)
        {
            var first = round * 1000;
            var receipts = await Task.WhenAll(Enumerable.Range(0, 100).Select(append =>
                Log.AppendAsync(SampleRecords.Many(first + append * 10, 10), Now).AsTask()));
            for (var append = 0; append < receipts.Length; append++)
            {
                if (receipts[append].Overloaded) receipts[append].Results.ShouldBeEmpty();
                (receipts[append].Overloaded ? refused : accepted).Add(first + append * 10);
            }
        }
        var ids = (await AllAsync()).Select(record => ((Interaction)record).Id).ToArray();
        ids.ShouldBe(accepted.SelectMany(first => Enumerable.Range(first, 10)).Select(SampleRecords.IdOf), ignoreOrder: true);
        (await AppendAsync(SampleRecords.Many(refused[0], 10))).ShouldAllBe(result => result.Outcome == AppendOutcome.Accepted);
    }

    [Fact]
    public async Task An_append_larger_than_the_queue_is_taken_when_nothing_waits()
    {
        await ReopenAsync(maxQueuedRecords: 20);
        (await AppendAsync(SampleRecords.Many(0, 100))).ShouldAllBe(result => result.Outcome == AppendOutcome.Accepted);
    }

    [Fact]
    public async Task What_was_handed_over_before_closing_is_answered_and_durable()
    {
        var appends = Enumerable.Range(0, 50).Select(
            number => Log.AppendAsync(SampleRecords.Many(number * 10, 10), Now).AsTask()).ToArray();
        await ReopenAsync();
        foreach (var append in appends) (await append).Results.ShouldAllBe(result => result.Outcome == AppendOutcome.Accepted);
        (await AllAsync()).Count.ShouldBe(500);
    }

    [Fact]
    public async Task A_closed_log_says_so()
    {
        var closed = Log;
        var follower = closed.FollowAsync(0, Now).GetAsyncEnumerator(Now);
        var next = follower.MoveNextAsync();
        await ReopenAsync();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await next);
        await follower.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await closed.AppendAsync(SampleRecords.Many(0, 1), Now));
        await closed.DisposeAsync();
    }

    private async Task<(long After, List<string> Ids)> FollowUntilAsync(long after, long last)
    {
        var ids = new List<string>();
        var next = after + 1;
        await foreach (var batch in Log.FollowAsync(after, Now))
        {
            batch.FirstPosition.ShouldBe(next);
            next = batch.LastPosition + 1;
            ids.AddRange(batch.Records.Select(record => ((Interaction)record).Id));
            if (batch.LastPosition >= last) break;
        }
        return (after, ids);
    }
}

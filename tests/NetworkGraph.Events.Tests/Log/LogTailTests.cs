using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Tests.Log;

public sealed class LogTailTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_others_wrote_in_between_is_read_and_no_more_than_that()
    {
        var tail = new LogTail(10, 100);
        tail.Publish([Batch(11, 3)]);
        tail.Advance(18);
        tail.Publish([Batch(19, 2), Batch(21, 1)]);

        tail.LastPosition.ShouldBe(21);
        (await ReadElsewhereAsync(tail, 10)).ShouldBe([14, 15, 16, 17, 18]);
        (await ReadElsewhereAsync(tail, 12)).ShouldBe([14, 15, 16, 17, 18]);
        (await ReadElsewhereAsync(tail, 17)).ShouldBe([18]);
        (await ReadElsewhereAsync(tail, 18)).ShouldBeEmpty();
        (await ReadElsewhereAsync(tail, 8)).ShouldBe([9, 10, 14, 15, 16, 17, 18]);
    }

    [Fact]
    public async Task The_oldest_are_let_go_and_nothing_is_left_of_what_is_dropped()
    {
        var tail = new LogTail(0, 10);
        for (var first = 1; first <= 41; first += 5) tail.Publish([Batch(first, 5)]);
        (await ReadElsewhereAsync(tail, 0)).ShouldContain(1);
        (await ReadElsewhereAsync(tail, 40)).ShouldBeEmpty();
        tail.Drop();
        (await ReadElsewhereAsync(tail, 40)).ShouldBe([41, 42, 43, 44, 45]);
    }

    [Fact]
    public void A_gap_ends_where_memory_goes_on()
    {
        var tail = new LogTail(0, 100);
        tail.MissingAfter(0).ShouldBe(long.MaxValue);
        tail.Publish([Batch(8, 2)]);
        tail.MissingAfter(0).ShouldBe(7);
        tail.MissingAfter(8).ShouldBe(0);
        tail.MissingAfter(9).ShouldBe(long.MaxValue);
    }

    private static RecordBatch Batch(long first, int count) => new(first, [.. Enumerable.Range(0, count).Select(_ => new Tombstone())]);

    /// <summary>
    /// Follows to the end, sees to it that each position comes once and in order, and returns those that memory did not have.
    /// </summary>
    private static async Task<List<long>> ReadElsewhereAsync(LogTail tail, long position)
    {
        var read = new List<long>();
        await foreach (var batch in tail.FollowAsync(position, ReadOn, Now))
        {
            batch.FirstPosition.ShouldBe(position + 1);
            position = batch.LastPosition;
            if (position >= tail.LastPosition) break;
        }
        return read;

        ValueTask<IReadOnlyList<RecordBatch>> ReadOn(long after, CancellationToken cancellation)
        {
            var count = (int)Math.Min(tail.MissingAfter(after), tail.LastPosition - after);
            for (var i = 1; i <= count; i++) read.Add(after + i);
            return new([Batch(after + 1, count)]);
        }
    }
}

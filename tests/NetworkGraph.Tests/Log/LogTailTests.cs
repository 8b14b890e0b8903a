using NetworkGraph.Log;

namespace NetworkGraph.Tests.Log;

public sealed class LogTailTests
{
    [Fact]
    public void What_others_wrote_in_between_is_missing_and_what_was_published_is_kept()
    {
        var tail = new LogTail(10, 100);
        tail.Publish([Batch(11, 3)]);
        tail.Advance(18);
        tail.Publish([Batch(19, 2), Batch(21, 1)]);

        tail.LastPosition.ShouldBe(21);
        Taken(tail, 10).ShouldBe([11, 12, 13]);
        Taken(tail, 12).ShouldBe([13]);
        Taken(tail, 13).ShouldBeNull();
        tail.MissingAfter(13).ShouldBe(5);
        Taken(tail, 17).ShouldBeNull();
        tail.MissingAfter(17).ShouldBe(1);
        Taken(tail, 18).ShouldBe([19, 20, 21]);
        tail.MissingAfter(18).ShouldBe(0);
        Taken(tail, 5).ShouldBeNull();
        tail.MissingAfter(5).ShouldBe(5);
        Taken(tail, 21).ShouldBeNull();
        tail.MissingAfter(21).ShouldBe(long.MaxValue);
    }

    [Fact]
    public void The_oldest_are_let_go_and_nothing_is_left_of_what_is_dropped()
    {
        var tail = new LogTail(0, 10);
        for (var first = 1; first <= 41; first += 5) tail.Publish([Batch(first, 5)]);
        Taken(tail, 0).ShouldBeNull();
        Taken(tail, 40).ShouldBe([41, 42, 43, 44, 45]);
        tail.Drop();
        Taken(tail, 40).ShouldBeNull();
        tail.LastPosition.ShouldBe(45);
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_others_records_too()
    {
        var tail = new LogTail(0, 10);
        var moved = tail.Moved;
        tail.Advance(0);
        moved.IsCompleted.ShouldBeFalse();
        tail.Advance(1);
        await moved;
    }

    private static RecordBatch Batch(long first, int count) => new(first, [.. Enumerable.Range(0, count).Select(_ => new Tombstone { IdHash = 0, Recipients = 0 })]);

    private static List<long>? Taken(LogTail tail, long position)
    {
        var into = new List<RecordBatch>();
        return tail.TryTake(position, 100, into)
            ? [.. into.SelectMany(batch => Enumerable.Range(0, batch.Records.Length).Select(i => batch.FirstPosition + i))]
            : null;
    }
}

using System.IO.Compression;
using System.Text;
using NetworkGraph.Server.Api.Bodies;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Server.Tests.Ingest;

public class BoundedGzipTests
{
    private static readonly GzipLimits s_limits = new() { MaxRatio = 50, FreeBytes = 1 << 16 };

    [Fact]
    public async Task What_compresses_as_interactions_do_is_read_whole()
    {
        var text = Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(0, 20_000)
            .Select(i => $"{i},2026-05-01T10:00:{i % 60:00}Z,ann{i * 7919 % 1000},bob{i * 104729 % 1000},message\n")));
        await using var plain = new BoundedGzipStream(new MemoryStream(Packed(text)), s_limits, TimeProvider.System);
        using var read = new MemoryStream();
        await plain.CopyToAsync(read, TestContext.Current.CancellationToken);
        read.ToArray().ShouldBe(text);
    }

    [Fact]
    public async Task A_small_body_may_be_one_line_many_times()
    {
        await using var plain = new BoundedGzipStream(new MemoryStream(Packed(new byte[1 << 16])), s_limits, TimeProvider.System);
        using var read = new MemoryStream();
        await plain.CopyToAsync(read, TestContext.Current.CancellationToken);
        read.Length.ShouldBe(1 << 16);
    }

    [Fact]
    public async Task A_body_that_grows_too_far_ends_early()
    {
        await using var plain = new BoundedGzipStream(new MemoryStream(Packed(new byte[64 << 20])), s_limits, TimeProvider.System);
        using var read = new MemoryStream();
        var refused = await Should.ThrowAsync<GzipLimitException>(() => plain.CopyToAsync(read, TestContext.Current.CancellationToken));
        refused.Message.ShouldContain("50 times");
        read.Length.ShouldBeLessThan(8 << 20);
    }

    [Fact]
    public async Task A_body_that_costs_too_much_time_ends_and_waiting_for_bytes_is_not_counted()
    {
        var clock = new HandClock();
        var bytes = Packed(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i * 7919 % 1_000_003}\n"))));
        await using var slowSender = new BoundedGzipStream(
            new Delaying(bytes, () => clock.Advance(TimeSpan.FromMinutes(2))), s_limits, clock);
        var buffer = new byte[4096];
        (await slowSender.ReadAsync(buffer, TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);

        await using var costly = new BoundedGzipStream(new MemoryStream(bytes), s_limits, clock);
        (await costly.ReadAsync(buffer, TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);
        clock.Advance(TimeSpan.FromMinutes(5));
        var refused = await Should.ThrowAsync<GzipLimitException>(
            () => costly.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
        refused.Message.ShouldContain("seconds to read");
    }

    private static byte[] Packed(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(plain);
        return packed.ToArray();
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }

    private sealed class Delaying(byte[] bytes, Action before) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            before();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}

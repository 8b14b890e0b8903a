using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Google.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NetworkGraph.Grpc.Tests.Interop;
using NetworkGraph.Server.Grpc;
using NetworkGraph.Server.Grpc.Health.V1;
using NetworkGraph.Server.Grpc.Reflection;

namespace NetworkGraph.Grpc.Tests;

/// <summary>The parts of the protocol, each by itself.</summary>
public sealed class PartsTests
{
    [Fact]
    public void Frames_are_the_same_however_the_bytes_are_cut() =>
        Check.QuickThrowOnFailure(Prop.ForAll<byte[][], int>((payloads, seed) =>
        {
            payloads = [.. payloads.Select(p => p ?? [])];
            var random = new Random(seed);
            var bytes = payloads.SelectMany(p => RawClient.Frame((byte)random.Next(2), p)).ToArray();
            var rest = Cut(bytes, random);
            var read = new List<byte[]>();
            while (MessageFrame.TryRead(rest, int.MaxValue, out var frame))
            {
                read.Add(frame.Payload.ToArray());
                rest = rest.Slice(frame.Payload.End);
            }

            return rest.IsEmpty && read.Count == payloads.Length && read.Zip(payloads).All(p => p.First.AsSpan().SequenceEqual(p.Second));
        }));

    [Fact]
    public void A_message_text_survives_percent_encoding_and_is_printable_ASCII() =>
        Check.QuickThrowOnFailure(Prop.ForAll<string>(text =>
        {
            // Lone surrogates have no UTF-8 form.
            var message = new string([.. (text ?? "").Where(c => !char.IsSurrogate(c))]);
            var encoded = PercentEncoding.Encode(message);
            return encoded.All(c => c is >= ' ' and <= '~') && encoded.Trim() == encoded && Uri.UnescapeDataString(encoded) == message;
        }));

    [Theory]
    [InlineData("1H", 3_600_000_000_0)]
    [InlineData("1M", 600_000_000)]
    [InlineData("1S", 10_000_000)]
    [InlineData("1m", 10_000)]
    [InlineData("1u", 10)]
    [InlineData("1n", 1)]
    [InlineData("100n", 1)]
    [InlineData("101n", 2)]
    [InlineData("0n", 0)]
    [InlineData("99999999H", 99_999_999 * 36_000_000_000)]
    public void A_timeout_is_a_number_and_a_unit(string header, long ticks)
    {
        GrpcTimeout.TryParse(header, out var timeout).ShouldBeTrue();
        timeout.Ticks.ShouldBe(ticks);
    }

    [Fact]
    public void A_deadline_beyond_the_calendar_is_none()
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        GrpcTimeout.DeadlineFrom(now, TimeSpan.FromTicks(99_999_999 * TimeSpan.TicksPerHour)).ShouldBeNull();
        GrpcTimeout.DeadlineFrom(now, TimeSpan.FromHours(1)).ShouldBe(now.AddHours(1));
        GrpcTimeout.FitsTimer(TimeSpan.FromDays(60)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("with space")]
    [InlineData("grpc-mine")]
    [InlineData("content-type")]
    [InlineData("text-in-bin")]
    public void A_name_the_protocol_does_not_allow_is_refused(string name) =>
        Should.Throw<ArgumentException>(() => new GrpcMetadata().Add(name, "text"));

    [Fact]
    public void A_value_the_protocol_does_not_allow_is_refused()
    {
        Should.Throw<ArgumentException>(() => new GrpcMetadata().Add("x", "line\nbreak"));
        Should.Throw<ArgumentException>(() => new GrpcMetadata().Add("x", "smile ☺"));
        Should.Throw<ArgumentException>(() => new GrpcMetadata().Add("x", new byte[] { 1 }));
    }

    [Fact]
    public void Metadata_that_has_been_sent_does_not_change()
    {
        var metadata = new GrpcMetadata();
        metadata.WriteTo(new HeaderDictionary());
        Should.Throw<InvalidOperationException>(() => metadata.Add("x", "late"));
    }

    [Fact]
    public void As_many_field_violations_are_told_as_trailers_have_room_for()
    {
        var violations = Enumerable.Range(0, 1000)
            .Select(i => new BadRequest.Types.FieldViolation { Field = $"interactions[{i}].from", Description = "is missing" })
            .ToArray();
        var trailers = new HeaderDictionary();
        var status = GrpcStatus.InvalidArgument(new string('☺', 10_000), violations);
        status.WriteTo(trailers);

        trailers.ContainsKey("grpc-status-details-bin").ShouldBeTrue();
        trailers.Sum(t => t.Key.Length + t.Value.ToString().Length + 32).ShouldBeLessThan(8 * 1024);
        ((BadRequest)status.Details[0]).FieldViolations.Count.ShouldBeInRange(20, 200);
    }

    [Fact]
    public void An_outcome_is_an_answer_or_an_error()
    {
        GrpcOutcome<Empty> answer = new Empty();
        answer.Status.IsOk.ShouldBeTrue();
        GrpcOutcome<Empty> error = new GrpcStatus(GrpcStatusCode.NotFound, "no");
        error.Answer.ShouldBeNull();
        Should.Throw<ArgumentException>(() => { GrpcOutcome<Empty> _ = GrpcStatus.Ok; });
    }

    [Fact]
    public void A_service_mapped_without_a_method_fails_at_start() =>
        Should.Throw<InvalidOperationException>(() => Map(health => health.Unary<HealthCheckRequest, HealthCheckResponse>("Check", Serve)))
            .Message.ShouldBe("grpc.health.v1.Health is mapped without its methods List, Watch.");

    [Fact]
    public void A_method_mapped_otherwise_than_declared_fails_at_start()
    {
        Should.Throw<ArgumentException>(() => Map(health => health.Unary<HealthCheckRequest, HealthCheckResponse>("NoSuch", Serve)))
            .Message.ShouldContain("no method NoSuch");
        Should.Throw<ArgumentException>(() => Map(health => health.Unary<HealthCheckRequest, HealthCheckResponse>("Watch", Serve)))
            .Message.ShouldContain("streams otherwise");
        Should.Throw<ArgumentException>(() => Map(health => health.Unary<HealthCheckRequest, HealthCheckResponse>("List", Serve)))
            .Message.ShouldContain("takes grpc.health.v1.HealthListRequest");
        Should.Throw<ArgumentException>(() => Map(health => health
                .Unary<HealthCheckRequest, HealthCheckResponse>("Check", Serve)
                .Unary<HealthCheckRequest, HealthCheckResponse>("Check", Serve)))
            .Message.ShouldContain("mapped twice");
    }

    [Theory]
    [InlineData("grpc.testing.TestService")]
    [InlineData("grpc.testing.TestService.UnaryCall")]
    [InlineData("grpc.testing.SimpleRequest")]
    [InlineData("grpc.testing.SimpleRequest.payload")]
    [InlineData("grpc.testing.PayloadType")]
    [InlineData("grpc.testing.COMPRESSABLE")]
    public void Every_symbol_leads_to_its_file(string symbol) =>
        Index().FileBySymbol(symbol)!.Name.ShouldBe("grpc/testing/interop.proto");

    [Fact]
    public void Messages_of_proto3_have_no_extensions()
    {
        Index().ExtensionNumbers("grpc.testing.SimpleRequest").ShouldBe([]);
        Index().ExtensionNumbers("no.such.Message").ShouldBeNull();
        Index().FileByExtension("grpc.testing.SimpleRequest", 1).ShouldBeNull();
        Index().FileByName("grpc/testing/interop.proto").ShouldNotBeNull();
    }

    private static DescriptorIndex Index() => new([InteropReflection.Descriptor.Services[0]]);

    private static Task<GrpcOutcome<HealthCheckResponse>> Serve(HealthCheckRequest request, GrpcCall call) =>
        Task.FromResult<GrpcOutcome<HealthCheckResponse>>(new HealthCheckResponse());

    private static void Map(Action<GrpcServiceBuilder> methods) =>
        WebApplication.CreateSlimBuilder().Build().MapGrpcService(HealthReflection.Descriptor.Services[0], methods);

    /// <summary>The bytes as segments cut at random.</summary>
    private static ReadOnlySequence<byte> Cut(byte[] bytes, Random random)
    {
        var first = new Segment(default, 0);
        var last = first;
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - at, random.Next(1, 8));
            last = last.Append(bytes.AsMemory(at, length));
            at += length;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}

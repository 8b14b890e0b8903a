using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using NetworkGraph.Grpc.Tests.Probes;
using NetworkGraph.Server.Grpc;

namespace NetworkGraph.Grpc.Tests;

/// <summary>What the server saw of the calls of one name.</summary>
internal sealed class ProbeRecord
{
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource AllHere { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentDictionary<string, int> Connections { get; } = new();

    public int Here;

    public int Sent;

    /// <summary>Whether a message has been written that the client has left no room for yet.</summary>
    public volatile bool WaitsForReader;
}

/// <summary>The service of probe.proto, and its records.</summary>
internal sealed class ProbeService
{
    private readonly ConcurrentDictionary<string, ProbeRecord> _records = new();

    public ProbeRecord this[string name] => _records.GetOrAdd(name, _ => new ProbeRecord());

    public void Map(IEndpointRouteBuilder endpoints, GrpcOptions options) =>
        endpoints.MapGrpcService(ProbeReflection.Descriptor.Services[0], service => service
            .Unary<ProbeRequest, ProbeReply>("Wait", WaitAsync)
            .Unary<ProbeRequest, ProbeReply>("Ignore", IgnoreAsync)
            .Unary<ProbeRequest, ProbeReply>("Meet", MeetAsync)
            .ServerStreaming<ProbeRequest, ProbeReply>("Pour", PourAsync)
            .Unary<ProbeRequest, ProbeReply>("Refuse", (_, _) => Task.FromResult(Refuse()))
            .Unary<ProbeRequest, ProbeReply>("Break", (_, _) => throw new InvalidDataException("a secret of the server"))
            .Bidirectional<ProbeRequest, ProbeReply>("Tally", TallyAsync), options);

    private static GrpcOutcome<ProbeReply> Refuse() => GrpcStatus.InvalidArgument(
        "2 fields are wrong",
        new BadRequest.Types.FieldViolation { Field = "interactions[0].from", Description = "is missing" },
        new BadRequest.Types.FieldViolation { Field = "interactions[3].at", Description = "lies in the future" });

    private async Task<GrpcOutcome<ProbeReply>> WaitAsync(ProbeRequest request, GrpcCall call)
    {
        var record = this[request.Name];
        record.Started.TrySetResult();
        await UntilCancelledAsync(call, record);
        return new ProbeReply();
    }

    private async Task<GrpcOutcome<ProbeReply>> IgnoreAsync(ProbeRequest request, GrpcCall call)
    {
        var record = this[request.Name];
        call.ResponseTrailers.Add("too", "late");
        record.Started.TrySetResult();
        await record.Released.Task;
        record.Ended.TrySetResult();
        return new ProbeReply();
    }

    private async Task<GrpcOutcome<ProbeReply>> MeetAsync(ProbeRequest request, GrpcCall call)
    {
        var record = this[request.Name];
        record.Connections[call.Http.Connection.Id] = 0;
        var number = Interlocked.Increment(ref record.Here);
        if (number == request.Count)
            record.AllHere.SetResult();
        await record.AllHere.Task.WaitAsync(call.Cancellation);
        return new ProbeReply { Number = number };
    }

    private async Task<GrpcStatus> PourAsync(ProbeRequest request, GrpcWriter<ProbeReply> answers, GrpcCall call)
    {
        var record = this[request.Name];
        record.Started.TrySetResult();
        var body = UnsafeByteOperations.UnsafeWrap(new byte[request.Size]);
        try
        {
            for (var number = 1; request.Count == 0 || number <= request.Count; number++)
            {
                var write = answers.WriteAsync(new ProbeReply { Number = number, Body = body });
                Interlocked.Increment(ref record.Sent);
                record.WaitsForReader = !write.IsCompleted;
                await write;
                record.WaitsForReader = false;
            }

            return GrpcStatus.Ok;
        }
        catch (Exception e) when (e is OperationCanceledException or GrpcException)
        {
            record.Cancelled.TrySetResult();
            throw;
        }
    }

    private async Task<GrpcStatus> TallyAsync(GrpcReader<ProbeRequest> requests, GrpcWriter<ProbeReply> answers, GrpcCall call)
    {
        call.ResponseHeaders.Add("tally", "open");
        await call.SendHeadersAsync();
        var sum = 0;
        try
        {
            await foreach (var request in requests.ReadAllAsync())
            {
                sum += request.Count;
                await answers.WriteAsync(new ProbeReply { Number = sum });
            }

            return GrpcStatus.Ok;
        }
        catch (Exception e) when (e is OperationCanceledException or GrpcException && call.RequestHeaders.Text("probe-name") is not null)
        {
            this[call.RequestHeaders.Text("probe-name")!].Cancelled.TrySetResult();
            throw;
        }
    }

    private static async Task UntilCancelledAsync(GrpcCall call, ProbeRecord record)
    {
        try
        {
            await record.Released.Task.WaitAsync(call.Cancellation);
        }
        catch (OperationCanceledException)
        {
            record.Cancelled.TrySetResult();
            throw;
        }
    }
}

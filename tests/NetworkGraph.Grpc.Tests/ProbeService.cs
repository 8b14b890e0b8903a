using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using NetworkGraph.Grpc.Tests.Probes;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Grpc.Tests;

/// <summary>What the server saw of the calls of one name.</summary>
internal sealed class ProbeRecord
{
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource AllHere { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentDictionary<string, int> Connections { get; } = new();

    public int Here;

    public int Sent;

    /// <summary>Whether a message has been written that the client has left no room for yet.</summary>
    public volatile bool WaitsForReader;
}

/// <summary>The service of probe.proto, and its records.</summary>
internal sealed class ProbeService : Probe.ProbeBase
{
    private readonly ConcurrentDictionary<string, ProbeRecord> _records = new();

    public ProbeRecord this[string name] => _records.GetOrAdd(name, _ => new ProbeRecord());

    public override Task<ProbeReply> Refuse(ProbeRequest request, ServerCallContext context) => throw RichStatus.InvalidArgument(
        "2 fields are wrong",
        [("interactions[0].from", "is missing"), ("interactions[3].at", "lies in the future")]).ToRpcException();

    public override Task<ProbeReply> Break(ProbeRequest request, ServerCallContext context) =>
        throw new InvalidDataException("a secret of the server");

    public override async Task<ProbeReply> Wait(ProbeRequest request, ServerCallContext context)
    {
        var record = this[request.Name];
        record.Started.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            record.Cancelled.TrySetResult();
            throw;
        }
        return new ProbeReply();
    }

    public override async Task<ProbeReply> Meet(ProbeRequest request, ServerCallContext context)
    {
        var record = this[request.Name];
        record.Connections[context.GetHttpContext().Connection.Id] = 0;
        var number = Interlocked.Increment(ref record.Here);
        if (number == request.Count)
            record.AllHere.SetResult();
        await record.AllHere.Task.WaitAsync(context.CancellationToken);
        return new ProbeReply { Number = number };
    }

    public override async Task<ProbeReply> Fill(ProbeRequest request, ServerCallContext context)
    {
        await Task.Yield();
        return new ProbeReply { Body = UnsafeByteOperations.UnsafeWrap(new byte[request.Size]) };
    }

    public override async Task Pour(ProbeRequest request, IServerStreamWriter<ProbeReply> answers, ServerCallContext context)
    {
        var record = this[request.Name];
        record.Started.TrySetResult();
        var body = UnsafeByteOperations.UnsafeWrap(new byte[request.Size]);
        try
        {
            for (var number = 1; request.Count == 0 || number <= request.Count; number++)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                var write = answers.WriteAsync(new ProbeReply { Number = number, Body = body });
                Interlocked.Increment(ref record.Sent);
                record.WaitsForReader = !write.IsCompleted;
                await write;
                record.WaitsForReader = false;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException or InvalidOperationException)
        {
            record.Cancelled.TrySetResult();
            throw;
        }
    }

    public override async Task Tally(
        IAsyncStreamReader<ProbeRequest> requests, IServerStreamWriter<ProbeReply> answers, ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync(Metadata.Empty);
        var sum = 0;
        try
        {
            await foreach (var request in requests.ReadAllAsync())
            {
                sum += request.Count;
                await answers.WriteAsync(new ProbeReply { Number = sum });
            }
        }
        catch (Exception e) when (
            e is OperationCanceledException or RpcException or IOException && context.RequestHeaders.GetValue("probe-name") is not null)
        {
            this[context.RequestHeaders.GetValue("probe-name")!].Cancelled.TrySetResult();
            throw;
        }
    }
}

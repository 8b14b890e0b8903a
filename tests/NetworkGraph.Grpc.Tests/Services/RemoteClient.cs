using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using NetworkGraph.Server.Api.Grpc;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>How a call of a real client went.</summary>
internal sealed record CallEnd(int Code, string Message, Google.Rpc.Status? Details)
{
    /// <summary>The detail of this type; null where there is none.</summary>
    public T? Detail<T>()
        where T : class, IMessage<T>, new()
    {
        var type = new T().Descriptor;
        return Details?.Details.FirstOrDefault(d => d.Is(type))?.Unpack<T>();
    }
}

/// <summary>One call for a real client to make.</summary>
internal sealed record CallPlan(string Method, params IReadOnlyList<IMessage> Requests)
{
    public int? DeadlineMs { get; init; }

    /// <summary>Cancel after so many answers; the client's side stays open until then.</summary>
    public int? CancelAfter { get; init; }

    /// <summary>After so many answers read no more until <see cref="WhilePaused"/> is over.</summary>
    public int? PauseAfter { get; init; }

    public Func<Task>? WhilePaused { get; init; }

    /// <summary>Send everything before reading anything.</summary>
    public bool Unread { get; init; }

    /// <summary>Send messages compressed.</summary>
    public bool Gzip { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>A grpc-js or grpcio client in a process of its own that makes the calls it is told to.</summary>
internal sealed class RemoteClient : IAsyncDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly ClientProcess _process;
    private readonly string _descriptors;

    private RemoteClient(ClientProcess process, string descriptors) => (_process, _descriptors) = (process, descriptors);

    public static async Task<RemoteClient> StartAsync(string client, Uri server)
    {
        var descriptors = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var set = new FileDescriptorSet();
        FileDescriptor[] served = [.. GrpcApi.Services.Select(s => s.File), HealthReflection.Descriptor, ServerReflection.Descriptor.File];
        foreach (var file in served.SelectMany(GrpcApi.WithImports).DistinctBy(f => f.Name)) set.File.Add(file.ToProto());
        await File.WriteAllBytesAsync(descriptors, set.ToByteArray(), TestContext.Current.CancellationToken);
        return new RemoteClient(await ClientProcess.StartAsync(client, "remote", server.Authority, descriptors), descriptors);
    }

    /// <summary>Makes the call; answers as they come, then how it ended.</summary>
    public async Task<(IReadOnlyList<TResponse> Answers, CallEnd End)> CallAsync<TResponse>(CallPlan plan)
        where TResponse : IMessage<TResponse>, new()
    {
        var (answers, end) = await CallAsync(plan, new TResponse().Descriptor.Parser);
        return ([.. answers.Cast<TResponse>()], end);
    }

    public async Task<(IReadOnlyList<IMessage> Answers, CallEnd End)> CallAsync(CallPlan plan, MessageParser response) =>
        (await CallAllAsync([plan], response, meet: false))[0];

    /// <summary>
    /// Makes the calls at once, on one connection. Each of them goes on after its first answer only when all have had
    /// theirs, so that all are under way together.
    /// </summary>
    public async Task<IReadOnlyList<(IReadOnlyList<IMessage> Answers, CallEnd End)>> CallTogetherAsync(
        IReadOnlyList<CallPlan> plans, MessageParser response) =>
        await CallAllAsync(plans, response, meet: true);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        File.Delete(_descriptors);
    }

    private async Task<(IReadOnlyList<IMessage> Answers, CallEnd End)[]> CallAllAsync(
        IReadOnlyList<CallPlan> plans, MessageParser response, bool meet)
    {
        await _process.TellAsync(JsonSerializer.Serialize(new { Calls = plans.Select(Told), Meet = meet }, s_json));
        var answers = plans.Select(_ => new List<IMessage>()).ToList();
        var ends = new CallEnd?[plans.Count];
        while (ends.Contains(null))
        {
            var line = JsonDocument.Parse(await _process.ListenAsync()).RootElement;
            var call = line.GetProperty("call").GetInt32();
            if (line.TryGetProperty("answer", out var answer))
            {
                answers[call].Add(response.ParseFrom(answer.GetBytesFromBase64()));
            }
            else if (line.TryGetProperty("paused", out _))
            {
                await plans[call].WhilePaused!();
                await _process.NodAsync();
            }
            else
            {
                ends[call] = EndOf(line);
            }
        }
        return [.. answers.Zip(ends, (a, e) => ((IReadOnlyList<IMessage>)a, e!))];
    }

    private static object Told(CallPlan plan) => new
    {
        plan.Method,
        Requests = plan.Requests.Select(r => Convert.ToBase64String(r.ToByteArray())),
        plan.DeadlineMs,
        plan.CancelAfter,
        plan.PauseAfter,
        plan.Unread,
        plan.Gzip,
        plan.Metadata,
    };

    private static CallEnd EndOf(JsonElement line)
    {
        var details = line.GetProperty("details").GetBytesFromBase64();
        return new CallEnd(line.GetProperty("code").GetInt32(), line.GetProperty("message").GetString()!,
            details.Length == 0 ? null : Google.Rpc.Status.Parser.ParseFrom(details));
    }
}

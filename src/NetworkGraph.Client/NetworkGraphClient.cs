using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using NetworkGraph.V1;

namespace NetworkGraph.Client;

/// <summary>A server of NetworkGraph: its three services, and what is easier with a few lines around them. For any number of
/// threads.</summary>
public sealed class NetworkGraphClient : IDisposable, IAsyncDisposable
{
    private const int BatchSize = 500;
    private const int BatchesAtOnce = 4;
    private const int PageSize = 500;
    private static readonly TimeSpan s_maxWait = TimeSpan.FromSeconds(10);

    private readonly NetworkGraphClientOptions _options;
    private readonly GrpcChannel _channel;

    /// <exception cref="ArgumentOutOfRangeException">Attempts is not between 1 and 5.</exception>
    public NetworkGraphClient(NetworkGraphClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Attempts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Attempts, 5);
        _options = options;
        var service = new ServiceConfig();
        if (options.Attempts > 1)
        {
            service.MethodConfigs.Add(new MethodConfig
            {
                Names = { MethodName.Default },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = options.Attempts,
                    InitialBackoff = options.FirstWait,
                    MaxBackoff = s_maxWait,
                    BackoffMultiplier = 2,
                    RetryableStatusCodes = { StatusCode.Unavailable, StatusCode.ResourceExhausted },
                },
            });
        }
        _channel = GrpcChannel.ForAddress(options.Address, new GrpcChannelOptions
        {
            ServiceConfig = service,
            HttpHandler = options.Handler,
            UnsafeUseInsecureChannelCallCredentials = true,
            MaxReceiveMessageSize = 64 << 20,
        });
        var calls = options.ApiKey is { } key ? _channel.Intercept(metadata => With(metadata, key)) : _channel.CreateCallInvoker();
        Interactions = new Interactions.InteractionsClient(calls);
        People = new V1.People.PeopleClient(calls);
        Network = new Network.NetworkClient(calls);
    }

    /// <summary>Interactions and imports.</summary>
    public Interactions.InteractionsClient Interactions { get; }

    /// <summary>Questions about one person, and profiles.</summary>
    public V1.People.PeopleClient People { get; }

    /// <summary>Questions about the whole network, boundaries, webhooks.</summary>
    public Network.NetworkClient Network { get; }

    /// <summary>Records any number of interactions; returns when all are durable, or counted as not taken.</summary>
    /// <exception cref="RpcException">The server refused the call, or stayed away for all attempts; what was acknowledged before
    /// stays.</exception>
    public async Task<RecordResult> RecordAsync(IEnumerable<Interaction> interactions, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        var result = RecordResult.Nothing;
        var waiting = new Queue<Task<RecordResponse>>();
        foreach (var batch in interactions.Chunk(BatchSize))
        {
            if (waiting.Count == BatchesAtOnce) result = result.Plus(await waiting.Dequeue());
            waiting.Enqueue(RecordBatchAsync(batch, cancellation));
        }
        while (waiting.Count > 0) result = result.Plus(await waiting.Dequeue());
        return result;
    }

    /// <summary>As <see cref="RecordAsync(IEnumerable{Interaction}, CancellationToken)"/>, of interactions that come as time goes
    /// by.</summary>
    public async Task<RecordResult> RecordAsync(IAsyncEnumerable<Interaction> interactions, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        var result = RecordResult.Nothing;
        var batch = new List<Interaction>(BatchSize);
        await foreach (var interaction in interactions.WithCancellation(cancellation))
        {
            batch.Add(interaction);
            if (batch.Count < BatchSize) continue;
            result = result.Plus(await RecordBatchAsync(batch, cancellation));
            batch.Clear();
        }
        return batch.Count == 0 ? result : result.Plus(await RecordBatchAsync(batch, cancellation));
    }

    /// <summary>All of a person's ties, page by page as they are read; of one position of the log, so that each tie comes once.</summary>
    public async IAsyncEnumerable<Tie> TiesAsync(string person, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var request = new GetTiesRequest { Id = person, Limit = PageSize };
        while (true)
        {
            var page = await People.GetTiesAsync(request, cancellationToken: cancellation);
            foreach (var tie in page.Items) yield return tie;
            if (!page.HasNextCursor) yield break;
            request.Cursor = page.NextCursor;
        }
    }

    /// <summary>Everyone that a search finds, page by page as they are read.</summary>
    public async IAsyncEnumerable<Profile> SearchAsync(SearchPeopleRequest search,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        var request = search.Clone();
        while (true)
        {
            var page = await People.SearchPeopleAsync(request, cancellationToken: cancellation);
            foreach (var profile in page.Items) yield return profile;
            if (!page.HasNextCursor) yield break;
            request.Cursor = page.NextCursor;
        }
    }

    /// <summary>What happens, as it happens; where the connection is lost it is made anew, without what happened meanwhile.</summary>
    public async IAsyncEnumerable<LiveEvent> LiveAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var failures = 0;
        while (true)
        {
            using var call = Network.GetLive(new GetLiveRequest(), cancellationToken: cancellation);
            while (true)
            {
                try
                {
                    if (!await call.ResponseStream.MoveNext(cancellation)) yield break;
                    failures = 0;
                }
                catch (RpcException lost) when (lost.StatusCode is StatusCode.Unavailable && ++failures < _options.Attempts
                    && !cancellation.IsCancellationRequested)
                {
                    break;
                }
                yield return call.ResponseStream.Current;
            }
            await Task.Delay(_options.FirstWait * (1 << failures), _options.Time, cancellation);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _channel.Dispose();

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A batch of which the server kept nothing is not an error of the call: what was wrong is in the answer of those around
    /// it.</summary>
    private async Task<RecordResponse> RecordBatchAsync(IEnumerable<Interaction> batch, CancellationToken cancellation)
    {
        var request = new RecordRequest();
        request.Interactions.AddRange(batch);
        try
        {
            return await Interactions.RecordAsync(request, cancellationToken: cancellation);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.InvalidArgument && request.Interactions.Count > 1)
        {
            // All of them were rejected: each alone says why, without the others being lost for it.
            return new RecordResponse
            {
                RejectedCount = request.Interactions.Count,
                Rejected = { request.Interactions.Take(1000)
                .Select(one => new RejectedInteraction { Id = one.Id, Reason = refused.Status.Detail }) }
            };
        }
    }

    private static Metadata With(Metadata metadata, string key)
    {
        metadata.Add("authorization", $"Bearer {key}");
        return metadata;
    }
}

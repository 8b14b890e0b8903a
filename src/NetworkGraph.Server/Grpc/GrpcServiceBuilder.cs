using Google.Protobuf;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// Takes the methods of one service. A name, a type of message or a kind of streaming that is not what the service's proto
/// file declares is refused at once, with <see cref="ArgumentException"/>.
/// </summary>
public sealed class GrpcServiceBuilder
{
    private readonly ServiceDescriptor _service;
    private readonly GrpcOptions _options;
    private readonly Dictionary<string, Func<GrpcCall, Task<GrpcStatus>>> _methods = new(StringComparer.Ordinal);

    internal GrpcServiceBuilder(ServiceDescriptor service, GrpcOptions options)
    {
        _service = service;
        _options = options;
    }

    /// <summary>One request, one answer.</summary>
    public GrpcServiceBuilder Unary<TRequest, TResponse>(
        string method, Func<TRequest, GrpcCall, Task<GrpcOutcome<TResponse>>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>
    {
        return Add<TRequest, TResponse>(method, clientStreams: false, serverStreams: false, async call =>
        {
            var request = await new GrpcReader<TRequest>(call, _options.ReceiveMaxBytes).ReadOnlyMessageAsync();
            return await AnswerAsync(call, await handler(request, call));
        });
    }

    /// <summary>One request, which the handler reads itself (<see cref="GrpcReader{T}.ReadOnlyAsync"/>), and one answer.</summary>
    public GrpcServiceBuilder UnaryFromReader<TRequest, TResponse>(
        string method, Func<GrpcReader<TRequest>, GrpcCall, Task<GrpcOutcome<TResponse>>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>
    {
        return Add<TRequest, TResponse>(method, clientStreams: false, serverStreams: false, async call =>
            await AnswerAsync(call, await handler(new GrpcReader<TRequest>(call, _options.ReceiveMaxBytes), call)));
    }

    /// <summary>Many requests, one answer.</summary>
    public GrpcServiceBuilder ClientStreaming<TRequest, TResponse>(
        string method, Func<GrpcReader<TRequest>, GrpcCall, Task<GrpcOutcome<TResponse>>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>
    {
        return Add<TRequest, TResponse>(method, clientStreams: true, serverStreams: false, async call =>
        {
            var requests = new GrpcReader<TRequest>(call, _options.ReceiveMaxBytes);
            return await AnswerAsync(call, await handler(requests, call));
        });
    }

    /// <summary>One request, many answers.</summary>
    public GrpcServiceBuilder ServerStreaming<TRequest, TResponse>(
        string method, Func<TRequest, GrpcWriter<TResponse>, GrpcCall, Task<GrpcStatus>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>
    {
        return Add<TRequest, TResponse>(method, clientStreams: false, serverStreams: true, async call =>
        {
            var request = await new GrpcReader<TRequest>(call, _options.ReceiveMaxBytes).ReadOnlyMessageAsync();
            return await handler(request, new GrpcWriter<TResponse>(call), call);
        });
    }

    /// <summary>Many requests, many answers, in whatever order the method likes.</summary>
    public GrpcServiceBuilder Bidirectional<TRequest, TResponse>(
        string method, Func<GrpcReader<TRequest>, GrpcWriter<TResponse>, GrpcCall, Task<GrpcStatus>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>
    {
        return Add<TRequest, TResponse>(method, clientStreams: true, serverStreams: true, call =>
            handler(new GrpcReader<TRequest>(call, _options.ReceiveMaxBytes), new GrpcWriter<TResponse>(call), call));
    }

    /// <summary>What to map: each method of the service with what runs it.</summary>
    /// <exception cref="InvalidOperationException">The service declares methods that have been left out.</exception>
    internal IEnumerable<(MethodDescriptor Method, Func<GrpcCall, Task<GrpcStatus>> Run)> Build()
    {
        var missing = _service.Methods.Where(m => !_methods.ContainsKey(m.Name)).Select(m => m.Name).ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException($"{_service.FullName} is mapped without its methods {string.Join(", ", missing)}.");
        return _service.Methods.Select(m => (m, _methods[m.Name]));
    }

    private static async Task<GrpcStatus> AnswerAsync<TResponse>(GrpcCall call, GrpcOutcome<TResponse> outcome)
        where TResponse : class, IMessage<TResponse>
    {
        if (outcome.Status.IsOk)
        {
            var answer = outcome.Answer ?? throw new InvalidOperationException("The method returned neither an answer nor a status.");
            await call.Response.WriteOnlyAsync(answer, call.Time, call.Cancellation);
        }

        return outcome.Status;
    }

    private GrpcServiceBuilder Add<TRequest, TResponse>(
        string method, bool clientStreams, bool serverStreams, Func<GrpcCall, Task<GrpcStatus>> run)
    {
        var descriptor = _service.FindMethodByName(method)
            ?? throw new ArgumentException($"{_service.FullName} has no method {method}.", nameof(method));
        if (descriptor.InputType.ClrType != typeof(TRequest) || descriptor.OutputType.ClrType != typeof(TResponse))
        {
            throw new ArgumentException(
                $"{descriptor.FullName} takes {descriptor.InputType.FullName} and answers {descriptor.OutputType.FullName}, "
                + $"not {typeof(TRequest)} and {typeof(TResponse)}.",
                nameof(method));
        }

        if (descriptor.IsClientStreaming != clientStreams || descriptor.IsServerStreaming != serverStreams)
            throw new ArgumentException($"{descriptor.FullName} streams otherwise than it is mapped.", nameof(method));
        if (!_methods.TryAdd(method, run))
            throw new ArgumentException($"{descriptor.FullName} is mapped twice.", nameof(method));
        return this;
    }
}

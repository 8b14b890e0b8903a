using System.Reflection;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Operations;

/// <summary>
/// An operation as it is mapped over HTTP, for gRPC to call: the same function, the same limits. Metadata of its gRPC
/// endpoints.
/// </summary>
internal sealed class Operation
{
    private readonly MethodInvoker _invoker;
    private readonly Func<Asked, ValueTask<object?>>[] _arguments;

    /// <exception cref="InvalidOperationException">The function is not one that knows no protocol.</exception>
    public Operation(string id, string httpMethod, MethodInfo function, IReadOnlyList<object> limits)
    {
        Id = id;
        HttpMethod = httpMethod;
        Limits = limits;
        IsShared = function.IsStatic && IsReply(function.ReturnType) && function.GetParameters().All(p => p.ParameterType != typeof(HttpContext));
        _invoker = MethodInvoker.Create(function);
        _arguments = [.. function.GetParameters().Select(p => Source(p.ParameterType))];
    }

    /// <summary>The operation id in OpenAPI.</summary>
    public string Id { get; }

    /// <summary>GET reads what is folded; others write to the log.</summary>
    public string HttpMethod { get; }

    /// <summary>Metadata of the HTTP endpoint that holds for gRPC too.</summary>
    public IReadOnlyList<object> Limits { get; }

    /// <summary>Whether its function serves both protocols; else gRPC has one of its own (bodies of many records, streams).</summary>
    public bool IsShared { get; }

    /// <summary>Runs it for a gRPC call.</summary>
    public async Task<Reply> RunAsync(QueryReader query, JsonBody body, HttpContext http, CancellationToken cancellation)
    {
        var asked = new Asked(query, body, http, cancellation);
        var arguments = new object?[_arguments.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = await _arguments[i](asked);
        try
        {
            return _invoker.Invoke(null, arguments.AsSpan()) switch
            {
                Reply reply => reply,
                Task<Reply> reply => await reply,
                var other => throw new InvalidOperationException($"{Id} returned {other?.GetType()}, not a reply."),
            };
        }
        catch (LogUnavailableException unavailable)
        {
            // Over HTTP, the page for problems says the same.
            return http.RequestServices.GetRequiredService<UnavailableLog>().Answer(unavailable);
        }
    }

    private static bool IsReply(Type type) => type == typeof(Reply) || type == typeof(Task<Reply>);

    /// <summary>Where an argument of this type comes from: what is asked, or a service.</summary>
    private static Func<Asked, ValueTask<object?>> Source(Type type)
    {
        if (type == typeof(QueryReader)) return asked => new(asked.Query);
        if (type == typeof(JsonBody)) return asked => new(asked.Body);
        if (type == typeof(CancellationToken)) return asked => new(asked.Cancellation);
        return asked => new(asked.Http.RequestServices.GetRequiredService(type));
    }

    private readonly record struct Asked(QueryReader Query, JsonBody Body, HttpContext Http, CancellationToken Cancellation);
}

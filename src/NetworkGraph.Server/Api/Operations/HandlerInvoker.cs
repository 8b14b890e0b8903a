using System.Reflection;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Operations;

/// <summary>Calls the handler of an operation with what was asked and the services it takes. Looked through once, at start.</summary>
internal sealed class HandlerInvoker
{
    private readonly MethodInvoker _handler;
    private readonly Func<Asked, object?>[] _arguments;
    private readonly Func<object?, ValueTask<Reply>>? _reply;

    public HandlerInvoker(MethodInfo handler, string route)
    {
        _handler = MethodInvoker.Create(handler);
        AnswerType = AnswerOf(handler.ReturnType);
        if (!handler.IsStatic || AnswerType is null) Errors.Add("has a handler that is not a static function of a reply");
        else _reply = typeof(HandlerInvoker)
            .GetMethod(nameof(ReplyOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(AnswerType)
                .CreateDelegate<Func<object?, ValueTask<Reply>>>();
        var types = handler.GetParameters().Select(parameter => parameter.ParameterType).ToList();
        if (types.Find(type => type.IsAssignableTo(typeof(IOperationRequest))) is { } request)
        {
            Request = new RequestReader(request, route);
            Errors.AddRange(Request.Errors);
        }
        TakesBody = types.Contains(typeof(JsonBody));
        _arguments = [.. types.Select(Source)];
    }

    /// <summary>The type of its answer; null where it does not return a reply.</summary>
    public Type? AnswerType { get; }

    /// <summary>Reads its request; null where it takes none.</summary>
    public RequestReader? Request { get; }

    public bool TakesBody { get; }

    public List<string> Errors { get; } = [];

    public ValueTask<Reply> InvokeAsync(QueryReader query, JsonBody body, IServiceProvider services, CancellationToken cancellation)
    {
        var request = Request?.Read(query);
        if ((query.Problem ?? body.Problem) is { } problem) return ValueTask.FromResult<Reply>(problem);
        var asked = new Asked(query, request, body, services, cancellation);
        var arguments = new object?[_arguments.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = _arguments[i](asked);
        return _reply!(_handler.Invoke(null, arguments.AsSpan()));
    }

    /// <summary>Where an argument of this type comes from: what was asked, or a service.</summary>
    private static Func<Asked, object?> Source(Type type)
    {
        if (type.IsAssignableTo(typeof(IOperationRequest))) return asked => asked.Request;
        if (type == typeof(QueryReader)) return asked => asked.Query;
        if (type == typeof(JsonBody)) return asked => asked.Body;
        if (type == typeof(Viewer)) return asked => asked.Query.Viewer;
        if (type == typeof(CancellationToken)) return asked => asked.Cancellation;
        return asked => asked.Services.GetRequiredService(type);
    }

    private static Type? AnswerOf(Type returned)
    {
        if (returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>)) returned = returned.GetGenericArguments()[0];
        return returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Reply<>) ? returned.GetGenericArguments()[0] : null;
    }

    private static async ValueTask<Reply> ReplyOf<T>(object? returned)
        where T : class => returned is Task<Reply<T>> task ? await task : (Reply<T>)returned!;

    private readonly record struct Asked(
        QueryReader Query, object? Request, JsonBody Body, IServiceProvider Services, CancellationToken Cancellation);
}

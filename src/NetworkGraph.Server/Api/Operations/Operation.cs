using System.Reflection;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Operations;

/// <summary>How much of an operation is done at once.</summary>
internal enum Weight
{
    /// <summary>One of many at once.</summary>
    Light,

    /// <summary>Takes a core for a while: as many run as there are cores.</summary>
    Heavy,

    /// <summary>Takes long and costs little: it has a bound of its own.</summary>
    Unlimited,
}

/// <summary>
/// An operation, declared once beside its handler. Its HTTP route, its gRPC method, its entry in OpenAPI, who may ask for it and how
/// much of it is done at once follow from this. The handler takes a request record (<see cref="RequestReader"/> says how one is read),
/// a <see cref="JsonBody"/>, the <see cref="Viewer"/> and services, and returns a <see cref="Reply{T}"/>. What has no bound (a body of
/// many records, a stream) has a handler for each protocol instead.
/// </summary>
internal sealed class Operation
{
    private readonly HandlerInvoker? _invoker;
    private QueryParameter[]? _takes;

    private Operation(string id, string httpMethod, string route, Delegate handler)
    {
        (Id, HttpMethod, Route) = (id, httpMethod, route);
        if (handler is Func<HttpContext, Task<IResult>> http)
        {
            HttpHandler = http;
            return;
        }
        _invoker = new HandlerInvoker(handler.Method, route);
        if (_invoker.AnswerType is { } type) Answers.Add(new Answered(type, StatusCodes.Status200OK, "application/json"));
    }

    /// <summary>The operation id in OpenAPI; the gRPC method has the same name, with a capital.</summary>
    public string Id { get; }

    /// <summary>GET reads what is folded; others write to the log.</summary>
    public string HttpMethod { get; }

    public string Route { get; }

    public string Tag { get; private set; } = "";

    public string Summary { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>Who may ask for it; null is an error at start.</summary>
    public Access? Access { get; private set; }

    public Weight Weight { get; private set; }

    /// <summary>Whether requests must not be counted: those who read the metrics could tell from the count.</summary>
    public bool IsUncounted { get; private set; }

    /// <summary>Whether it names somebody or something that may not be known.</summary>
    public bool MayBeNotFound { get; private set; }

    /// <summary>What it is answered with, by status, besides problems.</summary>
    public List<Answered> Answers { get; } = [];

    /// <summary>Further types of answers of the handler, in the place of the first one.</summary>
    public List<Type> Alternatives { get; } = [];

    /// <summary>The body it takes over HTTP; null for none.</summary>
    public Accepted? Body { get; private set; }

    /// <summary>Adds to the HTTP endpoint what is particular to it; null for nothing.</summary>
    public Action<IEndpointConventionBuilder>? Conventions { get; private set; }

    /// <summary>The query parameters it takes; others are refused.</summary>
    public IReadOnlyList<QueryParameter> Takes => _takes ?? _invoker?.Request?.Parameters ?? [];

    /// <summary>Answers over HTTP alone; null for an operation whose handler serves both protocols.</summary>
    public Func<HttpContext, Task<IResult>>? HttpHandler { get; }

    /// <summary>gRPC methods with handlers of their own, by name; the others are called by the operation's id.</summary>
    public Dictionary<string, Delegate> GrpcHandlers { get; } = [];

    public bool TakesBody => _invoker?.TakesBody == true;

    /// <summary>What keeps it from being served, in words; empty for nothing.</summary>
    public IEnumerable<string> Errors()
    {
        if (Access is null) yield return $"{Id} does not say who may ask for it.";
        if (Tag.Length == 0 || Summary.Length == 0 || Description.Length == 0) yield return $"{Id} is not described.";
        if (HttpHandler is not null && GrpcHandlers.Count == 0) yield return $"{Id} has no gRPC method.";
        if (Answers.Count == 0 && Conventions is null) yield return $"{Id} does not say what it is answered with.";
        foreach (var error in _invoker?.Errors ?? []) yield return $"{Id} {error}.";
    }

    public static Operation Get(string id, string route, Delegate handler) => new(id, HttpMethods.Get, route, handler);

    public static Operation Post(string id, string route, Delegate handler) => new(id, HttpMethods.Post, route, handler);

    public static Operation Put(string id, string route, Delegate handler) => new(id, HttpMethods.Put, route, handler);

    public static Operation Patch(string id, string route, Delegate handler) => new(id, HttpMethods.Patch, route, handler);

    public static Operation Delete(string id, string route, Delegate handler) => new(id, HttpMethods.Delete, route, handler);

    /// <summary>The heading it stands under in OpenAPI.</summary>
    public Operation In(string tag) => Set(() => Tag = tag);

    /// <summary>Who may ask for it: keys with one of the scopes, and what a person's own key may do.</summary>
    public Operation For(Scopes scopes, Own own = Own.Nothing) => Set(() => Access = new Access(scopes, own));

    public Operation Described(string summary, string description) => Set(() => (Summary, Description) = (summary, description));

    public Operation Heavy() => Set(() => Weight = Weight.Heavy);

    public Operation Unlimited() => Set(() => Weight = Weight.Unlimited);

    public Operation Uncounted() => Set(() => IsUncounted = true);

    public Operation MayNotFind() => Set(() => MayBeNotFound = true);

    /// <summary>The query parameters of a handler that reads them itself.</summary>
    public Operation Taking(params QueryParameter[] parameters) => Set(() => _takes = parameters);

    /// <summary>The body, for OpenAPI; of JSON where no content types are given.</summary>
    public Operation Accepting<T>(params string[] contentTypes) =>
        Set(() => Body = new Accepted(typeof(T), contentTypes.Length > 0 ? contentTypes : ["application/json"]));

    /// <summary>A further answer, for OpenAPI: of a handler for HTTP alone, or with another status.</summary>
    public Operation Answering<T>(int status = StatusCodes.Status200OK, string contentType = "application/json") =>
        Set(() => Answers.Add(new Answered(typeof(T), status, contentType)));

    /// <summary>A further type that the handler answers with in place of the first.</summary>
    public Operation Or<T>() => Set(() => Alternatives.Add(typeof(T)));

    public Operation With(Action<IEndpointConventionBuilder> conventions) => Set(() => Conventions = conventions);

    /// <summary>A gRPC method with a handler of its own, which knows the protocol.</summary>
    public Operation Method(string name, Delegate handler) => Set(() => GrpcHandlers.Add(name, handler));

    /// <summary>Runs the handler that serves both protocols.</summary>
    public async Task<Reply> RunAsync(IParameters parameters, JsonBody body, IServiceProvider services, CancellationToken cancellation)
    {
        var query = new QueryReader(parameters, services.GetRequiredService<TimeProvider>());
        return await _invoker!.InvokeAsync(query, body, services, cancellation);
    }

    private Operation Set(Action set)
    {
        set();
        return this;
    }
}

/// <summary>An answer, for OpenAPI.</summary>
internal readonly record struct Answered(Type Type, int Status, string ContentType);

/// <summary>A body, for OpenAPI.</summary>
internal readonly record struct Accepted(Type Type, string[] ContentTypes);

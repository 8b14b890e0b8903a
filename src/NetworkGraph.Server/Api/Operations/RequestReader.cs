using System.Reflection;
using System.Text.Json;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Operations;

/// <summary>
/// What an operation takes: a record whose constructor names a parameter for each value, with <see cref="PersonAttribute"/>,
/// <see cref="AnyIdAttribute"/> or <see cref="NameAttribute"/> for what is in the path, and <see cref="QueryAttribute"/> for query
/// parameters.
/// </summary>
internal interface IOperationRequest
{
    /// <summary>Says what is wrong with values that do not go together.</summary>
    void Check(QueryReader query)
    {
    }
}

/// <summary>The id of a person in the path: canonical, of the person who has it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class PersonAttribute : Attribute;

/// <summary>An id in the path: canonical, but the id itself, whichever person it belongs to.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class AnyIdAttribute : Attribute;

/// <summary>What the operation is about where that is not a person, as it was written: a venue, an import, a report.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class NameAttribute : Attribute;

/// <summary>
/// A query parameter, by the name of its definition in <see cref="QueryParameters"/>. Its value's type says how it is read.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class QueryAttribute(string definition) : Attribute
{
    public string Definition => definition;
}

/// <summary>
/// Reads the request record of an operation, from the path and query over HTTP and from the message over gRPC. Looked through once,
/// at start; where nothing says what a value is read from, that is an error then.
/// </summary>
internal sealed class RequestReader
{
    private readonly ConstructorInvoker _record;
    private readonly Func<QueryReader, object?>[] _values;
    private readonly List<QueryParameter> _parameters = [];
    private readonly NullabilityInfoContext _nullability = new();
    private readonly string _route;

    public RequestReader(Type record, string route)
    {
        _route = route;
        var constructor = record.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        _record = ConstructorInvoker.Create(constructor);
        _values = [.. constructor.GetParameters().Select(Source)];
    }

    /// <summary>The query parameters, in the order of the record.</summary>
    public IReadOnlyList<QueryParameter> Parameters => _parameters;

    public List<string> Errors { get; } = [];

    /// <summary>The request; meaningless where the reader has a problem afterwards.</summary>
    public object Read(QueryReader query)
    {
        var values = new object?[_values.Length];
        for (var i = 0; i < values.Length; i++) values[i] = _values[i](query);
        var request = _record.Invoke(values.AsSpan());
        if (query.Problem is null) ((IOperationRequest)request).Check(query);
        return request;
    }

    private Func<QueryReader, object?> Source(ParameterInfo parameter)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        if (parameter.ParameterType == typeof(Page))
        {
            _parameters.AddRange([QueryParameters.Limit, QueryParameters.Cursor]);
            return query => query.Page();
        }
        var source = parameter.GetCustomAttributes().Select(attribute => attribute switch
        {
            PersonAttribute => InPath(name, query => query.PersonInPath(name)),
            AnyIdAttribute => InPath(name, query => query.IdInPath(name)),
            NameAttribute => InPath(name, query => query.TextInPath(name)),
            QueryAttribute { Definition: var definition } => InQuery(definition, parameter),
            _ => null,
        }).FirstOrDefault(found => found is not null);
        if (source is null) Errors.Add($"takes '{parameter.Name}', and nothing says from where");
        return source ?? (_ => null);
    }

    private Func<QueryReader, object?> InPath(string name, Func<QueryReader, object?> read)
    {
        if (!_route.Contains($"{{{name}}}", StringComparison.Ordinal)) Errors.Add($"takes '{name}', which is not in its route {_route}");
        return read;
    }

    private Func<QueryReader, object?>? InQuery(string definition, ParameterInfo value)
    {
        if (typeof(QueryParameters).GetField(definition)?.GetValue(null) is not QueryParameter parameter) return null;
        _parameters.Add(parameter);
        var mayBeLeftOut = _nullability.Create(value).WriteState is NullabilityState.Nullable;
        var type = Nullable.GetUnderlyingType(value.ParameterType) ?? value.ParameterType;
        if (type == typeof(int)) return query => query.Number(parameter);
        if (type == typeof(double)) return query => mayBeLeftOut && query.Text(parameter) is null ? null : query.Share(parameter);
        if (type == typeof(long)) return parameter == QueryParameters.AsOf ? query => query.AsOf() : query => query.Time(parameter);
        if (type == typeof(InteractionKind)) return query => query.Kind(parameter);
        if (type == typeof(bool)) return query => mayBeLeftOut && query.Text(parameter) is null ? null : query.Word(parameter) == "true";
        if (type == typeof(IReadOnlyList<string>))
            return parameter.Words is not null ? query => query.Words(parameter) : query => query.People(parameter);
        if (type != typeof(string)) return null;
        if (parameter.Words is not null) return mayBeLeftOut ? query => query.WordIfGiven(parameter) : query => query.Word(parameter);
        return parameter.Names switch
        {
            Named.Person => query => query.Person(parameter),
            Named.Id => query => query.Id(parameter),
            _ => query => query.Text(parameter),
        };
    }
}

using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace NetworkGraph.Server.Api.AccessRecords;

/// <summary>
/// Whom an answer names: the texts of its properties that hold people's ids, however deep they lie. How to find them is worked out
/// once for a type, so that looking through an answer costs little beside making it.
/// </summary>
internal static class NamedPeople
{
    private static readonly HashSet<string> s_idProperties = new(StringComparer.Ordinal)
    {
        "Person", "With", "Other", "From", "To", "Target", "Broker", "Brokers", "People", "Members", "About", "One", "First", "Second",
            "Colleague", "Sender", "Recipients", "Caller",
    };

    /// <summary>Types whose <c>Id</c> is a person's.</summary>
    private static readonly HashSet<string> s_people = new(StringComparer.Ordinal) { "Profile", "PersonAnswer", "MapPerson", "EgoPerson",
        "Neighbour" };

    private static readonly ConcurrentDictionary<Type, Action<object, ICollection<string>>?> s_collectors = new();

    /// <summary>Adds the ids that an answer names; one may come several times.</summary>
    public static void Collect(object answer, ICollection<string> into)
    {
        ArgumentNullException.ThrowIfNull(answer);
        CollectorOf(answer.GetType())?.Invoke(answer, into);
    }

    private static Action<object, ICollection<string>>? CollectorOf(Type type) => s_collectors.TryGetValue(type, out var known) ? known
        : s_collectors[type] = Make(type, []);

    /// <summary>Null where the type can name nobody.</summary>
    private static Action<object, ICollection<string>>? Make(Type type, HashSet<Type> within)
    {
        if (!within.Add(type)) return (value, into) => CollectorOf(type)?.Invoke(value, into);
        var steps = new List<Action<object, ICollection<string>>>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || property.GetMethod is null) continue;
            var isId = s_idProperties.Contains(property.Name) || (property.Name == "Id" && s_people.Contains(type.Name));
            if (Step(property, isId, within) is { } step) steps.Add(step);
        }
        within.Remove(type);
        if (steps.Count == 0) return null;
        var all = steps.ToArray();
        return (value, into) =>
        {
            foreach (var step in all) step(value, into);
        };
    }

    private static Action<object, ICollection<string>>? Step(PropertyInfo property, bool isId, HashSet<Type> within)
    {
        var type = property.PropertyType;
        if (type == typeof(string))
        {
            if (!isId) return null;
            var text = Getter<string?>(property);
            return (value, into) =>
            {
                if (text(value) is { } id) into.Add(id);
            };
        }
        if (ItemOf(type) is { } item)
        {
            if (item == typeof(string) && !isId) return null;
            var inner = item == typeof(string) ? null : IsOurs(item) ? Make(item, within) : null;
            if (item != typeof(string) && inner is null) return null;
            var list = Getter<IEnumerable?>(property);
            return (value, into) =>
            {
                if (list(value) is not { } items) return;
                foreach (var one in items)
                {
                    if (one is string id) into.Add(id);
                    else if (one is not null) inner!(one, into);
                }
            };
        }
        if (!IsOurs(type) || Make(type, within) is not { } nested) return null;
        var get = Getter<object?>(property);
        return (value, into) =>
        {
            if (get(value) is { } one) nested(one, into);
        };
    }

    private static bool IsOurs(Type type) => type is { IsClass: true } && type.Namespace?.StartsWith("NetworkGraph",
        StringComparison.Ordinal) is true;

    private static Type? ItemOf(Type type) => type == typeof(string) || type.IsAssignableTo(typeof(IDictionary)) ? null
        : type.IsArray ? type.GetElementType()
        : type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType
            && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static Func<object, T> Getter<T>(PropertyInfo property)
    {
        var value = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, T>>(
            Expression.Convert(Expression.Property(Expression.Convert(value, property.DeclaringType!), property), typeof(T)),
                value).Compile();
    }
}

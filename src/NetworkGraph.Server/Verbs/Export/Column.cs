using System.Globalization;
using System.Text.Json;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Server.Verbs.Export;

internal enum ColumnType
{
    Text,
    Time,
    Number,
    Count,
    Flag,
}

/// <summary>One field of what is exported: the same name and meaning in every format.</summary>
/// <param name="Name">In camelCase.</param>
/// <param name="Type">Of its values.</param>
/// <param name="Meaning">For those who read the export, with the unit.</param>
/// <param name="Value">A string, <see cref="DateTimeOffset"/>, double, int or bool, as the type says; null for none.</param>
internal sealed record Column<T>(string Name, ColumnType Type, string Meaning, Func<T, object?> Value)
{
    /// <summary>The value as text that reads back as the same value; null for none.</summary>
    public string? TextOf(T item) => Value(item) switch
    {
        null => null,
        string text => text,
        DateTimeOffset at => Rfc3339.Format(at.ToUnixTimeMilliseconds()),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => throw new InvalidOperationException($"{Name} is a {other.GetType().Name}."),
    };

    /// <summary>Writes name and value into an object already begun; a value that is none as null.</summary>
    public void WriteTo(Utf8JsonWriter json, T item)
    {
        switch (Value(item))
        {
            case null:
                json.WriteNull(Name);
                break;
            case int count:
                json.WriteNumber(Name, count);
                break;
            case long count:
                json.WriteNumber(Name, count);
                break;
            case double number:
                json.WriteNumber(Name, number);
                break;
            case bool flag:
                json.WriteBoolean(Name, flag);
                break;
            default:
                json.WriteString(Name, TextOf(item));
                break;
        }
    }
}

using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.Parameters;

/// <summary>
/// Parameters from the fields of a gRPC request message: <c>as_of</c> is asOf. A field that is not set is not given. Numbers
/// and times are taken as they are; words of enums, and what a cursor is good for, are texts as over HTTP.
/// </summary>
internal sealed class MessageParameters(string operation, IMessage message, Viewer viewer, Func<string, string>? personOf = null)
    : IParameters
{
    private static readonly ConcurrentDictionary<MessageDescriptor, Dictionary<string, FieldDescriptor>> s_fields = [];

    private readonly Dictionary<string, FieldDescriptor> _fields = FieldsOf(message.Descriptor);

    public Viewer Viewer => viewer;

    public string Scope => OperationScope.Of(
        operation, _fields.Select(f => (f.Key, f.Value.IsRepeated ? string.Join(',', Texts(f.Key)) : Text(f.Key) ?? ""))
            .Where(p => p.Item2.Length > 0));

    /// <summary>Whether a message has a field for the parameter.</summary>
    public static bool Has(MessageDescriptor message, string name) => FieldsOf(message).ContainsKey(name);

    /// <summary>What is set and empty, as a query parameter must not be either; null for nothing.</summary>
    public Problem? FirstEmpty()
    {
        foreach (var (name, field) in _fields)
        {
            if (field.HasPresence && Text(name) is "")
                return Problem.From(Outcome.InvalidArgument, $"{name} is empty; leave it out instead", name);
        }
        return null;
    }

    public string? Text(string name)
    {
        if (!_fields.TryGetValue(name, out var field)) return null;
        if (field.IsRepeated) return Texts(name) is [var first, ..] ? first : null;
        return Value(name) switch
        {
            null => null,
            string text => field.HasPresence || text.Length > 0 ? text : null,
            Timestamp time => MsOf(time) is { } unixMs ? Rfc3339.Format(unixMs) : $"{time.Seconds} s {time.Nanos} ns",
            System.Enum word => EnumWords.Of(field.EnumType, Convert.ToInt32(word, CultureInfo.InvariantCulture)),
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            bool value => value ? "true" : "false",
            var other => throw new InvalidOperationException($"{field.FullName} is not a parameter: it is {other.GetType()}."),
        };
    }

    public IReadOnlyList<string> Texts(string name) =>
        _fields.TryGetValue(name, out var field) && field.IsRepeated ? [.. ((IList)field.Accessor.GetValue(message)).Cast<string>()]
        : Text(name) is { } text ? [text] : [];

    public string PersonOf(string id) => personOf?.Invoke(id) ?? id;

    public bool TryReadNumber(string name, out long? number)
    {
        number = Value(name) switch
        {
            int value => value,
            long value => value,
            _ => null,
        };
        return true;
    }

    public bool TryReadTime(string name, out long? unixMs, [NotNullWhen(false)] out string? reason)
    {
        (unixMs, reason) = (null, null);
        if (Value(name) is not Timestamp time) return true;
        unixMs = MsOf(time);
        if (unixMs is not null) return true;
        reason = "is not a valid timestamp: its seconds lie within the years 1 to 9999, and its nanos from 0 to 999,999,999";
        return false;
    }

    public bool TryReadId(string name, [NotNullWhen(true)] out string? id, [NotNullWhen(false)] out string? reason)
    {
        id = Text(name) ?? "";
        reason = null;
        return true;
    }

    private static Dictionary<string, FieldDescriptor> FieldsOf(MessageDescriptor message) => s_fields.GetOrAdd(message, static d =>
        d.Fields.InDeclarationOrder().Where(IsParameter).ToDictionary(f => f.JsonName, StringComparer.Ordinal));

    /// <summary>Fields that hold other messages or lists of them are what an operation takes, not how it is asked.</summary>
    private static bool IsParameter(FieldDescriptor field) => field.IsRepeated
        ? field.FieldType is FieldType.String
        : field.FieldType != FieldType.Message || field.MessageType.ClrType == typeof(Timestamp);

    /// <summary>The value of a field; null where it is not set.</summary>
    private object? Value(string name) =>
        _fields.TryGetValue(name, out var field) && (!field.HasPresence || field.Accessor.HasValue(message))
            ? field.Accessor.GetValue(message) : null;

    /// <summary>Unix ms, cut to the millisecond; null for what is not a valid timestamp.</summary>
    private static long? MsOf(Timestamp time) =>
        time.Nanos is < 0 or > 999_999_999 || time.Seconds is < -62_135_596_800 or > 253_402_300_799
            ? null
            : time.Seconds * 1000 + time.Nanos / 1_000_000;
}

using System.Collections;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>Holds a gRPC answer against the JSON that HTTP gave: same names, same numbers, same nulls.</summary>
internal static class MessageComparison
{
    /// <summary>What changes from one moment to the next, whoever asks.</summary>
    private static readonly string[] s_momentary = ["snapshotAgeMs"];

    public static void ShouldBeAs(IMessage message, JsonElement json, string path)
    {
        var properties = json.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var where = $"{path}.{field.JsonName}";
            if (s_momentary.Contains(field.JsonName)) continue;
            var isThere = properties.Remove(field.JsonName, out var value) && value.ValueKind is not JsonValueKind.Null;
            if (isThere) FieldShouldBe(message, field, value, where);
            else IsSet(message, field).ShouldBeFalse($"{where} is null in JSON");
        }
        properties.Keys.Except(s_momentary).ShouldBeEmpty($"{path} lacks fields");
    }

    private static bool IsSet(IMessage message, FieldDescriptor field)
    {
        if (field.IsRepeated) return ((ICollection)field.Accessor.GetValue(message)).Count > 0;
        if (field.HasPresence) return field.Accessor.HasValue(message);
        return !field.Accessor.GetValue(message).Equals(field.Accessor.GetValue((IMessage)Activator.CreateInstance(message.GetType())!));
    }

    private static void FieldShouldBe(IMessage message, FieldDescriptor field, JsonElement json, string where)
    {
        var value = field.Accessor.GetValue(message);
        if (field.IsMap)
        {
            var map = (IDictionary)value;
            var type = field.MessageType.FindFieldByName("value");
            json.EnumerateObject().Select(p => p.Name).ShouldBe(map.Keys.Cast<string>(), ignoreOrder: true, where);
            foreach (var entry in json.EnumerateObject()) ValueShouldBe(map[entry.Name]!, type, entry.Value, $"{where}[{entry.Name}]");
        }
        else if (field.IsRepeated)
        {
            var list = (IList)value;
            list.Count.ShouldBe(json.GetArrayLength(), where);
            for (var i = 0; i < list.Count; i++) ValueShouldBe(list[i]!, field, json[i], $"{where}[{i}]");
        }
        else
        {
            if (field.HasPresence) field.Accessor.HasValue(message).ShouldBeTrue($"{where} is not set");
            ValueShouldBe(value, field, json, where);
        }
    }

    private static void ValueShouldBe(object value, FieldDescriptor field, JsonElement json, string where)
    {
        switch (value)
        {
            case Timestamp time:
                time.ToDateTimeOffset().ShouldBe(json.GetDateTimeOffset(), where);
                break;
            case IMessage nested:
                ShouldBeAs(nested, json, where);
                break;
            case System.Enum word:
                EnumWords.Of(field.EnumType, Convert.ToInt32(word, CultureInfo.InvariantCulture)).ShouldBe(json.GetString(), where);
                break;
            case string text:
                text.ShouldBe(json.GetString() ?? "", where);
                break;
            case bool flag:
                flag.ShouldBe(json.GetBoolean(), where);
                break;
            case double number:
                number.ShouldBe(json.GetDouble(), where);
                break;
            default:
                Convert.ToInt64(value, CultureInfo.InvariantCulture).ShouldBe(json.GetInt64(), where);
                break;
        }
    }
}

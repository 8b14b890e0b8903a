using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Importers.Archives;

/// <summary>
/// Records of a log as JSON, one object a line: the property <c>record</c> says what it is, the others are the record's own. An archive
/// begins with a line that says so. What only says that something was erased, and what is left of it, is not written.
/// </summary>
public static class ArchiveJson
{
    /// <summary>What stands before the records.</summary>
    public const string Header = "{\"record\":\"archive\",\"version\":1}";

    /// <summary>The records that an archive holds, by what they are called in it.</summary>
    public static IReadOnlyDictionary<string, Type> Records { get; } = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["interaction"] = typeof(Interaction),
        ["withdrawal"] = typeof(InteractionWithdrawn),
        ["profile"] = typeof(ProfileChanged),
        ["alias"] = typeof(AliasChanged),
        ["import"] = typeof(BatchChanged),
        ["block"] = typeof(BlockChanged),
        ["report"] = typeof(ReportFiled),
        ["reportState"] = typeof(ReportMoved),
        ["preference"] = typeof(PreferenceChanged),
        ["nudge"] = typeof(NudgeChanged),
        ["ask"] = typeof(AskChanged),
        ["beginning"] = typeof(BeginningStated),
    };

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Describe } },
    };

    public static void Write(Utf8JsonWriter writer, LogRecord record) => JsonSerializer.Serialize(writer, record, s_options);

    /// <summary>A record; null, with the reason, for what is none.</summary>
    public static LogRecord? Read(ReadOnlySpan<byte> json, out string reason)
    {
        try
        {
            var record = JsonSerializer.Deserialize<LogRecord>(json, s_options);
            reason = record is null ? "is empty" : "";
            return record;
        }
        catch (Exception broken) when (broken is JsonException or NotSupportedException)
        {
            reason = "is not a record of an archive";
            return null;
        }
    }

    private static void Describe(JsonTypeInfo type)
    {
        // What every record of its kind has is always written; the rest where it says something.
        foreach (var property in type.Properties)
        {
            if (property.IsRequired || !property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null)
                continue;
            var nothing = Activator.CreateInstance(property.PropertyType);
            property.ShouldSerialize = (_, value) => !Equals(value, nothing);
        }
        if (type.Type == typeof(LogRecord))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "record" };
            foreach (var (name, record) in Records) type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(record, name));
        }
        else if (type.Type == typeof(Profile))
        {
            // Answers give it in other words.
            var entity = type.CreateJsonPropertyInfo(typeof(EntityKind?), "entity");
            var property = typeof(Profile).GetProperty(nameof(Profile.Entity))!;
            entity.Get = property.GetValue;
            entity.Set = property.SetValue;
            foreach (var named in type.Properties.Where(p => p.Name == "entity").ToList()) type.Properties.Remove(named);
            type.Properties.Add(entity);
            // Left out where it is what it is for most: true.
            type.Properties.First(p => p.Name == "openToIntroductions").ShouldSerialize = (_, open) => open is false;
        }
    }
}

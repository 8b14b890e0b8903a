using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace NetworkGraph.Cluster.People;

/// <summary>
/// Answers between nodes, as JSON: by field names, so that two versions understand each other, and whole, also what is
/// not shown over HTTP (positions in the log, which the asking node turns into ids).
/// </summary>
internal static class WholeAnswers
{
    public static JsonSerializerOptions Options { get; } = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepAll } } };

    private static void KeepAll(JsonTypeInfo type)
    {
        if (type.Kind is not JsonTypeInfoKind.Object || !AnswersAsTheyAre.IsAnswer(type.Type)) return;
        foreach (var property in type.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<JsonIgnoreAttribute>() is null || !property.CanWrite) continue;
            if (type.Properties.FirstOrDefault(known => known.Name == property.Name) is { } hidden) type.Properties.Remove(hidden);
            var kept = type.CreateJsonPropertyInfo(property.PropertyType, property.Name);
            kept.Get = property.GetValue;
            kept.Set = property.SetValue;
            type.Properties.Add(kept);
        }
        // What a version before did not have is left at its default.
        foreach (var property in type.Properties) property.IsRequired = false;
    }
}

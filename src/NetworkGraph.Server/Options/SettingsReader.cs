using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace NetworkGraph.Server.Options;

/// <summary>
/// Fills a record of settings from configuration and names everything that is wrong at once: settings that do not exist,
/// and values that cannot be read. (The framework's binder stops at the first.)
/// </summary>
internal static class SettingsReader
{
    public static T Read<T>(IConfiguration section, List<string> errors)
        where T : class, new()
    {
        var settings = new T();
        Fill(settings, section, "", errors);
        return settings;
    }

    private static void Fill(object settings, IConfiguration section, string path, List<string> errors)
    {
        var properties = settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToArray();
        foreach (var given in section.GetChildren())
        {
            var name = path + given.Key;
            var property = Array.Find(properties, p => p.Name.Equals(given.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
                errors.Add($"{name} is not a setting; there are {string.Join(", ", properties.Select(p => path + p.Name))}.");
            else if (given.GetChildren().Any())
                FillPart(property.GetValue(settings), given, path + property.Name, errors);
            else
                Set(settings, property, given.Value ?? "", path, errors);
        }
    }

    private static void FillPart(object? part, IConfigurationSection given, string name, List<string> errors)
    {
        if (part is Dictionary<string, double> table)
            FillTable(table, given, name, errors);
        else if (part is IDictionary parts && part.GetType().GetGenericArguments() is [var key, var value] && key == typeof(string) && value.IsClass && value != typeof(string))
            FillParts(parts, value, given, name, errors);
        else if (part is null or string || part.GetType().IsValueType)
            errors.Add($"{name} is one value, not several.");
        else
            Fill(part, given, name + ":", errors);
    }

    /// <summary>Settings of the same kind, each under a name of its own.</summary>
    private static void FillParts(IDictionary parts, Type type, IConfigurationSection given, string name, List<string> errors)
    {
        foreach (var entry in given.GetChildren())
        {
            var part = parts[entry.Key] ??= Activator.CreateInstance(type)!;
            Fill(part, entry, $"{name}:{entry.Key}:", errors);
        }
    }

    private static void FillTable(Dictionary<string, double> table, IConfigurationSection given, string name, List<string> errors)
    {
        foreach (var entry in given.GetChildren())
        {
            if (double.TryParse(entry.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) table[entry.Key] = number;
            else errors.Add($"{name}:{entry.Key} '{entry.Value}' cannot be read; expected is a number.");
        }
    }

    private static void Set(object settings, PropertyInfo property, string value, string path, List<string> errors)
    {
        var converter = TypeDescriptor.GetConverter(property.PropertyType);
        try
        {
            property.SetValue(settings, converter.ConvertFromString(null, CultureInfo.InvariantCulture, value));
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            var expected = property.PropertyType.IsEnum ? string.Join(", ", Enum.GetNames(property.PropertyType)) : NameOf(property.PropertyType);
            errors.Add($"{path}{property.Name} '{value}' cannot be read; expected is {expected}.");
        }
    }

    private static string NameOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "true or false",
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Double or TypeCode.Single => "a number",
        _ => "a text",
    };
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace NetworkGraph.Server.Host.Options;

/// <summary>
/// Binds a record of options from configuration and validates it by its attributes, and names everything that is wrong at once: options
/// that do not exist, values of another type, values out of bounds. (The framework's binder stops at the first.)
/// </summary>
internal static class OptionsBinding
{
    private const int MaxTypos = 3;

    /// <summary>The options; what has an error keeps its default. Every error is a line that begins with the option's name.</summary>
    public static T Bind<T>(IConfiguration section, List<string> errors)
        where T : class, new()
    {
        var unusable = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Inspect(typeof(T), section, "", unusable, errors);
        var usable = section.AsEnumerable(makePathsRelative: true).Where(given => given.Value is not null && !unusable.Contains(given.Key));
        var options = new ConfigurationBuilder().AddInMemoryCollection(usable).Build().Get<T>() ?? new T();
        errors.AddRange(Validate(options, ""));
        return options;
    }

    private static IEnumerable<string> Validate(object options, string path)
    {
        foreach (var property in options.GetType().GetProperties().Where(property => property.CanWrite))
        {
            var name = property.GetCustomAttribute<DisplayAttribute>()?.Name ?? property.Name;
            var value = property.GetValue(options);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>().Where(rule => !rule.IsValid(value)))
                yield return Describe(rule, path + name, value);
            if (value is IValidatableObject part)
                foreach (var error in Validate(part, $"{path}{property.Name}:")) yield return error;
        }
        if (options is not IValidatableObject whole) yield break;
        foreach (var broken in whole.Validate(new ValidationContext(options))) yield return path + broken.ErrorMessage;
    }

    private static string Describe(ValidationAttribute rule, string name, object? value) => rule switch
    {
        RangeAttribute range =>
            string.Create(CultureInfo.InvariantCulture, $"{name} {value} is not between {range.Minimum} and {range.Maximum}."),
        AllowedValuesAttribute allowed =>
            $"{name} '{value}' is unknown; it is {string.Join(" or ", allowed.Values.Select(word => $"'{word}'"))}.",
        StringLengthAttribute length => $"{name} has {length.MinimumLength} to {length.MaximumLength} characters.",
        _ => rule.FormatErrorMessage(name),
    };

    private static void Inspect(Type options, IConfiguration section, string path, HashSet<string> unusable, List<string> errors)
    {
        var known = options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToDictionary(
            property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var given in section.GetChildren())
        {
            if (!known.TryGetValue(given.Key, out var property))
            {
                errors.Add($"{path}{given.Key} is not an option; {Suggest(given.Key, known.Keys, path)}");
                continue;
            }
            var (name, type) = (path + property.Name, property.PropertyType);
            if (!given.GetChildren().Any()) InspectValue(type, given.Value ?? "", name, unusable, errors);
            else if (type == typeof(Dictionary<string, double>))
            {
                foreach (var entry in given.GetChildren())
                    InspectValue(typeof(double), entry.Value ?? "", $"{name}:{entry.Key}", unusable, errors);
            }
            else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>))
            {
                // Options of the same kind, each under a name of its own.
                foreach (var entry in given.GetChildren())
                    Inspect(type.GetGenericArguments()[1], entry, $"{name}:{entry.Key}:", unusable, errors);
            }
            else if (type == typeof(string) || type.IsValueType) errors.Add($"{name} is one value, not several.");
            else Inspect(type, given, name + ":", unusable, errors);
        }
    }

    private static void InspectValue(Type type, string value, string name, HashSet<string> unusable, List<string> errors)
    {
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            unusable.Add(name);
            errors.Add($"{name} '{value}' is not {NameOf(type)}.");
        }
    }

    private static string NameOf(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "true or false",
            TypeCode.Int32 or TypeCode.Int64 => "a whole number",
            TypeCode.Double or TypeCode.Single => "a number",
            _ => "a text",
        };

    /// <summary>The nearest name there is, where one is near; else all of them.</summary>
    private static string Suggest(string given, IReadOnlyCollection<string> known, string path)
    {
        var nearest = known.MinBy(name => Typos(given, name))!;
        return Typos(given, nearest) <= Math.Min(MaxTypos, given.Length / 3)
            ? $"did you mean {path}{nearest}?"
            : $"there are {string.Join(", ", known.Select(name => path + name))}.";
    }

    /// <summary>How many letters to change, add or leave out (Levenshtein), regardless of case.</summary>
    private static int Typos(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}

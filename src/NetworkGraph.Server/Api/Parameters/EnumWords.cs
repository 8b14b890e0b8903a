using System.Collections.Concurrent;
using Google.Protobuf.Reflection;

namespace NetworkGraph.Server.Api.Parameters;

/// <summary>
/// The words of an enum in a proto file: EXCHANGE_UNSOLICITED_ADVICE of the enum Exchange is 'unsolicited-advice'. The value
/// 0, which proto files need and nothing means, has none.
/// </summary>
internal static class EnumWords
{
    private static readonly ConcurrentDictionary<EnumDescriptor, Dictionary<string, int>> s_numbers = [];

    /// <summary>The word of a value; null for 0, and the number itself where the enum has no such value.</summary>
    public static string? Of(EnumDescriptor type, int number)
    {
        if (number == 0) return null;
        foreach (var (word, known) in Numbers(type))
            if (known == number) return word;
        return number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>All words of an enum with their numbers.</summary>
    public static IReadOnlyDictionary<string, int> Numbers(EnumDescriptor type) => s_numbers.GetOrAdd(type, static t =>
    {
        var prefix = Prefix(t.Name);
        return t.Values.Where(v => v.Number != 0).ToDictionary(v => WordOf(v.Name, prefix), v => v.Number);
    });

    private static string WordOf(string name, int prefix) => name[prefix..].ToLowerInvariant().Replace('_', '-');

    /// <summary>Values begin with the enum's name in snake case: one sign more for each capital within, and one at the end.</summary>
    private static int Prefix(string enumName) => enumName.Length + enumName.Skip(1).Count(char.IsAsciiLetterUpper) + 1;
}

using System.Globalization;

namespace NetworkGraph.Server.Host;

/// <summary>How many files this process may have open: with too few nothing works, not even saying why.</summary>
public static class OpenFilesLimit
{
    /// <summary>The program's own files, the log's, and some connections.</summary>
    public const int Min = 512;

    private const string Limits = "/proc/self/limits";
    private const string Name = "Max open files";

    /// <summary>What is wrong, in a sentence; null where there are enough, or where it is not known.</summary>
    public static string? WhyTooLow() => File.Exists(Limits) ? WhyTooLow(File.ReadLines(Limits)) : null;

    /// <param name="limits">Lines of a name, the limit in force, the highest one, and the unit.</param>
    public static string? WhyTooLow(IEnumerable<string> limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        foreach (var line in limits)
        {
            if (!line.StartsWith(Name, StringComparison.Ordinal)) continue;
            var words = line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit < Min)
                return $"This process may have {limit} files open, and needs at least {Min}: raise the limit ('ulimit -n 4096').";
        }
        return null;
    }
}

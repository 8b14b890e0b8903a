namespace NetworkGraph.LoadTests.Ldbc;

/// <summary>The CSV files of a data set: '|' between fields, a header line, parts named NAME_0_0.csv, NAME_1_0.csv and so on.</summary>
internal sealed class SnbFiles(string folder, CancellationToken cancellation)
{
    /// <summary>The first one or two columns, which are ids, of all parts of a file.</summary>
    public IEnumerable<(long First, long Second)> Read(string name, int columns)
    {
        var parts = Directory.GetFiles(folder, name + "_*.csv").Where(path => IsPart(path, name)).Order(StringComparer.Ordinal).ToArray();
        if (parts.Length == 0) throw new FileNotFoundException($"{folder} has no {name}_0_0.csv");
        return parts.SelectMany(path => ReadPart(path, columns));
    }

    /// <summary>Lines of two ids after a header, as in the files of query parameters.</summary>
    public static IEnumerable<(long First, long Second)> ReadPairs(string path) =>
        new SnbFiles("", CancellationToken.None).ReadPart(path, 2);

    private IEnumerable<(long First, long Second)> ReadPart(string path, int columns)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            if (++number == 1 || line.Length == 0) continue;
            if (number % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            var bar = line.IndexOf('|', StringComparison.Ordinal);
            var first = bar < 0 ? line : line.AsSpan(0, bar);
            var rest = bar < 0 ? default : line.AsSpan(bar + 1);
            var end = rest.IndexOf('|');
            long second = 0;
            if (!long.TryParse(first, out var id) || (columns > 1 && !long.TryParse(end < 0 ? rest : rest[..end], out second)))
            {
                throw new FormatException($"{path}, line {number}: expected {columns} id(s), found: {line}");
            }
            yield return (id, second);
        }
    }

    /// <summary>What follows the name is numbers only: person_0_0.csv is a part of person, person_knows_person_0_0.csv is not.</summary>
    private static bool IsPart(string path, string name) =>
        Path.GetFileNameWithoutExtension(path).AsSpan(name.Length).TrimStart("_0123456789").IsEmpty;
}

using System.IO.Compression;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Tests.Snapshots;

/// <summary>
/// E-mail between 986 members of a research institution over 803 days (SNAP email-Eu-core-temporal): real network for
/// tests. Lines "from to seconds"; the seconds are counted from a date of our choosing, 2003-10-01.
/// </summary>
internal static class EmailNetwork
{
    private const double HalfLifeDays = 180;

    public static readonly DateTimeOffset Epoch = new(2003, 10, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The network at a date, one message of weight 1 a line; the test is skipped where there is no data.</summary>
    public static NetworkSnapshot At(DateTimeOffset asOf)
    {
        var decay = new TieDecay(asOf.ToUnixTimeMilliseconds(), HalfLifeDays);
        var ids = new PersonIds();
        var numbers = new Dictionary<string, int>();
        var dyads = new Dictionary<(int, int), DyadFacts>();
        foreach (var (from, to, atMs) in Messages())
        {
            if (atMs > decay.LandmarkMs) continue;
            var (low, high) = (Number(from), Number(to));
            var outward = low < high;
            if (!outward) (low, high) = (high, low);
            var known = dyads.GetValueOrDefault((low, high));
            var weight = 1 / decay.Factor(atMs);
            dyads[(low, high)] = new DyadFacts
            {
                StrengthOut = known.StrengthOut + (outward ? weight : 0),
                StrengthIn = known.StrengthIn + (outward ? 0 : weight),
                FirstContactMs = known.Interactions == 0 ? atMs : Math.Min(known.FirstContactMs, atMs),
                LastContactMs = known.Interactions == 0 ? atMs : Math.Max(known.LastContactMs, atMs),
                ContactStrengthOut = known.StrengthOut + (outward ? weight : 0),
                ContactStrengthIn = known.StrengthIn + (outward ? 0 : weight),
                ContactsOut = known.ContactsOut + (outward ? 1 : 0),
                ContactsIn = known.ContactsIn + (outward ? 0 : 1),
                RhythmDays = 30,
                Interactions = known.Interactions + 1,
            };
        }
        var builder = new SnapshotBuilder(ids, decay);
        foreach (var ((low, high), facts) in dyads) builder.Add(low, high, facts);
        return builder.Build(decay.LandmarkMs);

        int Number(string id)
        {
            if (!numbers.TryGetValue(id, out var number)) numbers.Add(id, number = ids.Add(id));
            return number;
        }
    }

    private static IEnumerable<(string From, string To, long AtMs)> Messages()
    {
        var data = Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA");
        if (string.IsNullOrEmpty(data)) Assert.Skip("NETWORKGRAPH_DATA does not name the folder with the data sets.");
        var path = Path.Combine(data, "email-eu", "email-Eu-core-temporal.txt.gz");
        if (!File.Exists(path)) Assert.Skip($"{path} does not exist.");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(' ');
            if (fields[0] == fields[1]) continue;
            yield return (fields[0], fields[1], Epoch.ToUnixTimeMilliseconds() + long.Parse(fields[2]) * 1000);
        }
    }
}

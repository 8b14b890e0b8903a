using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Tests.Snapshots;

/// <summary>Small networks for tests.</summary>
internal static class TestNetworks
{
    public static readonly TieDecay Decay = new(0, 180);

    /// <summary>Seeds of random networks for property tests; a failing one is printed.</summary>
    public static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    public static PersonIds People(int count)
    {
        var ids = new PersonIds();
        for (var i = 0; i < count; i++) ids.Add($"p{i}");
        return ids;
    }

    public static DyadFacts Facts(double strengthOut, double strengthIn) => new()
    {
        StrengthOut = strengthOut,
        StrengthIn = strengthIn,
        FirstContactMs = -1000,
        LastContactMs = 5000,
        ContactStrengthOut = strengthOut,
        ContactStrengthIn = strengthIn,
        RhythmDays = 30,
        Episodes = 2,
        Interactions = 3,
        ContactsOut = strengthOut > 0 ? 2 : 0,
        ContactsIn = strengthIn > 0 ? 1 : 0,
    };

    /// <summary>Facts that any value can be in, for round trips.</summary>
    public static DyadFacts RandomFacts(Random random) => new()
    {
        StrengthOut = random.Next(3) == 0 ? 0 : (float)(random.Next(1, 6) / 2.0),
        StrengthIn = random.Next(3) == 0 ? 0 : (float)(random.Next(1, 6) / 2.0),
        FirstContactMs = random.NextInt64(TieEntryRange.FirstMs, TieEntryRange.LastMs),
        LastContactMs = random.NextInt64(TieEntryRange.FirstMs, TieEntryRange.LastMs),
        ContactStrengthOut = random.Next(3) == 0 ? 0 : (float)(random.Next(1, 6) / 2.0),
        ContactStrengthIn = random.Next(3) == 0 ? 0 : (float)(random.Next(1, 6) / 2.0),
        RhythmDays = random.Next(4) == 0 ? float.NaN : random.NextSingle() * 100,
        Episodes = random.Next(0, 8),
        Interactions = random.Next(0, 1024),
        ContactsOut = random.Next(0, 16),
        ContactsIn = random.Next(0, 16),
        BurntFromMs = random.Next(2) == 0
            ? DyadFacts.NeverMs : random.NextInt64(TieEntryRange.FirstMs / 60_000 + 1, TieEntryRange.LastMs / 60_000) * 60_000,
    };

    public static NetworkSnapshot Build(PersonIds ids, IEnumerable<(int Low, int High, DyadFacts Facts)> dyads, long asOfMs = 0)
    {
        var builder = new SnapshotBuilder(ids, Decay);
        foreach (var (low, high, facts) in dyads) builder.Add(low, high, facts);
        return builder.Build(asOfMs);
    }

    /// <summary>Mutual ties with the given strength on both sides.</summary>
    public static NetworkSnapshot Mutual(int people, params (int A, int B, double Strength)[] ties) =>
        Build(People(people), ties.Select(t => (t.A, t.B, Facts(t.Strength, t.Strength))));

    /// <summary>Every row as a list of its entries: equal for equal networks.</summary>
    public static string[] Rows(NetworkSnapshot snapshot) => [.. Enumerable.Range(0, snapshot.People).Select(person =>
    {
        var row = snapshot.Row(person);
        var text = new System.Text.StringBuilder().Append(row.Count).Append('/').Append(row.MutualCount);
        for (var i = 0; i < row.Count; i++)
            text.Append('\n').Append(row.Neighbours[i]).Append(' ').Append(row.Mutual[i]).Append(' ').Append(row.FactsAt(i));
        return text.ToString();
    })];

    /// <summary>The dates a first contact is held exactly for.</summary>
    internal static class TieEntryRange
    {
        public static readonly long FirstMs = new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        public static readonly long LastMs = new DateTimeOffset(2100, 12, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }
}

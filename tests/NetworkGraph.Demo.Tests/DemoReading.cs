using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo.Tests;

/// <summary>The default demo network, read once, with plain counts that are independent of the measures.</summary>
public sealed class DemoReading
{
    public static readonly DateTimeOffset Until = new(2026, 5, 20, 15, 30, 0, TimeSpan.Zero);

    private readonly Dictionary<(string, string), List<Interaction>> _dyads = [];

    public DemoReading()
    {
        Network = DemoNetwork.Generate(new DemoOptions { Seed = 42, Until = Until });
        All = [.. Network.Interactions];
        foreach (var interaction in All)
            foreach (var pair in PairsOf(interaction))
                if (_dyads.TryGetValue(pair, out var events)) events.Add(interaction);
                else _dyads.Add(pair, [interaction]);
        Sent = All.ToLookup(i => i.From, StringComparer.Ordinal);
        ById = All.ToDictionary(i => i.Id, StringComparer.Ordinal);
    }

    public DemoNetwork Network { get; }

    public Interaction[] All { get; }

    public ILookup<string, Interaction> Sent { get; }

    public Dictionary<string, Interaction> ById { get; }

    public IReadOnlyDictionary<(string, string), List<Interaction>> Dyads => _dyads;

    public List<Interaction> Dyad(string one, string other) => _dyads.GetValueOrDefault(Pair(one, other)) ?? [];

    public IEnumerable<string> Of(DemoArchetype archetype) => Network.Truth.Archetypes.Where(a => a.Value == archetype).Select(a => a.Key);

    public IEnumerable<string> Ordinary() => Network.Profiles.Select(p => p.Id).Where(id => !Network.Truth.Archetypes.ContainsKey(id));

    /// <summary>Share of what they say that moves one of these.</summary>
    public double Share(string person, params Exchange[] exchanges)
    {
        var said = Sent[person].Where(i => i.Kind.IsMessageLike()).ToList();
        return said.Count == 0 ? 0 : said.Count(i => exchanges.Contains(i.Exchange)) / (double)said.Count;
    }

    /// <summary>First contacts of a person, and how many were followed by something said within 14 days.</summary>
    public Dictionary<string, (int Met, int Followed, int MetAtVenues)> FirstContacts()
    {
        var counts = new Dictionary<string, (int Met, int Followed, int MetAtVenues)>(StringComparer.Ordinal);
        foreach (var (pair, events) in _dyads)
        {
            var first = events.Find(i => i.Kind.IsMessageLike() || i.Kind is InteractionKind.Accept);
            if (first is null || first.Kind is not (InteractionKind.Meeting or InteractionKind.Accept)) continue;
            var isFollowed = events.Exists(i => i.AtMs > first.AtMs && i.AtMs <= first.AtMs + Days(14) && i.Kind.IsMessageLike());
            foreach (var person in new[] { pair.Item1, pair.Item2 })
            {
                var (met, followed, atVenues) = counts.GetValueOrDefault(person);
                counts[person] = (met + 1, followed + (isFollowed ? 1 : 0), atVenues + (first.Venue is null ? 0 : 1));
            }
        }
        return counts;
    }

    /// <summary>What is message-like from one to the other; mutual kinds count both ways.</summary>
    public int Said(string from, string to) =>
        Dyad(from, to).Count(i => i.Kind.IsMessageLike() && (i.Kind.IsMutual() || i.From == from));

    public static long Days(double days) => (long)(days * 86_400_000);

    public static double SilenceDays(List<Interaction> events) => (Until.ToUnixTimeMilliseconds() - events[^1].AtMs) / 86_400_000.0;

    public static IEnumerable<(string, string)> PairsOf(Interaction interaction)
    {
        foreach (var other in interaction.To) yield return Pair(interaction.From, other);
        if (!interaction.Kind.IsMutual()) yield break;
        for (var i = 0; i < interaction.To.Length; i++)
            for (var j = 0; j < i; j++)
                yield return Pair(interaction.To[i], interaction.To[j]);
    }

    private static (string, string) Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
}

using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.Stories;

/// <summary>Small networks for the tests of the fold, and a naive model of it.</summary>
public static class TestHistories
{
    public const long DayMs = 86_400_000;
    public static readonly long StartMs = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static Interaction Message(int number, string from, params string[] to) => MessageAt(null, number, from, to);

    public static Interaction MessageAt(string? venue, int number, string from, params string[] to) => new()
    {
        Id = $"i{number}",
        AtMs = StartMs + (number * DayMs),
        From = from,
        To = to,
        Kind = InteractionKind.Message,
        Venue = venue,
    };

    /// <summary>A seeded mix of all kinds among a few people, dates in no order.</summary>
    public static List<Interaction> Random(int seed, int count, int people)
    {
        var random = new Random(seed);
        var interactions = new List<Interaction>();
        for (var number = 0; number < count; number++)
        {
            var kind = (InteractionKind)random.Next(InteractionKinds.Count);
            var order = Enumerable.Range(0, people).Select(p => $"p{p}").OrderBy(_ => random.Next()).ToArray();
            var recipients = kind switch
            {
                InteractionKind.Attendance => 0,
                InteractionKind.Introduction => 2,
                _ => random.Next(1, people - 1),
            };
            interactions.Add(new Interaction
            {
                Id = $"i{number}",
                AtMs = StartMs + (random.Next(0, 400) * DayMs / 4),
                From = order[0],
                To = order[1..(1 + recipients)],
                Kind = kind,
                Exchange = (Exchange)random.Next(10),
                Setting = (Setting)random.Next(4),
                Venue = kind is InteractionKind.Attendance ? "fair" : number % 3 == 0 ? $"venue {number % 5}" : null,
                About = kind is InteractionKind.Referral ? order[^1] : null,
                InReplyTo = number > 0 && random.Next(3) == 0 ? $"i{random.Next(number)}" : null,
                Personalised = random.Next(3) == 0 ? true : null,
            });
        }
        return interactions;
    }

    public static HistoryStore Fold(IEnumerable<Interaction> interactions)
    {
        var store = new HistoryStore();
        var position = 0L;
        foreach (var interaction in interactions) store.Apply(interaction, ++position);
        return store;
    }

    /// <summary>What two people have had with each other, read from the interactions one by one.</summary>
    public static List<(long AtMs, long Position, InteractionKind Kind)> Naive(
        IReadOnlyList<Interaction> interactions, string a, string b, long asOfMs) =>
        interactions
            .Select((interaction, index) => (interaction, position: index + 1L))
            .Where(i => i.interaction.AtMs <= asOfMs && Involves(i.interaction, a, b))
            .OrderBy(i => i.interaction.AtMs).ThenBy(i => i.position)
            .Select(i => (i.interaction.AtMs, i.position, i.interaction.Kind))
            .ToList();

    public static List<(long AtMs, long Position, InteractionKind Kind)> Read(HistoryStore store, string a, string b, long asOfMs)
    {
        if (!store.People.TryGetNumber(a, out var one) || !store.People.TryGetNumber(b, out var two)
            || store.Find(one, two) is not { } dyad) return [];
        var found = new List<(long, long, InteractionKind)>();
        foreach (var happened in new DyadReader(store).Read(dyad.Index, asOfMs))
            found.Add((happened.AtMs, happened.Position, happened.Kind));
        return found;
    }

    private static bool Involves(Interaction interaction, string a, string b)
    {
        if (interaction.Kind.IsMutual())
        {
            string[] participants = [interaction.From, .. interaction.To];
            return participants.Contains(a) && participants.Contains(b);
        }
        return (interaction.From == a && interaction.To.Contains(b)) || (interaction.From == b && interaction.To.Contains(a));
    }
}

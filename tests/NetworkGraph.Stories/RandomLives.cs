using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Stories;

/// <summary>Some years of a few people, seeded: bursts and long silences, all kinds, venues, introductions, messages to all.</summary>
public static class RandomLives
{
    private const int Exchanges = 10;

    /// <summary>In no order of time.</summary>
    public static List<Interaction> Of(int seed, int count, int people, double days)
    {
        var random = new Random(seed);
        var all = new List<Interaction>(count);
        var moods = Enumerable.Range(0, people).Select(_ => (Exchange)random.Next(Exchanges)).ToArray();
        var bursts = Enumerable.Range(0, 12).Select(_ => random.NextDouble() * days).ToArray();
        for (var number = 0; number < count; number++)
        {
            var order = Enumerable.Range(0, people).ToArray();
            random.Shuffle(order);
            var kind = Kind(random);
            var recipients = kind switch
            {
                InteractionKind.Attendance => 0,
                InteractionKind.Introduction => 2,
                InteractionKind.Message when random.Next(6) == 0 => people - 1,
                InteractionKind.Meeting => random.Next(1, 4),
                _ => 1,
            };
            var day = random.Next(3) > 0 ? bursts[random.Next(bursts.Length)] + 10 * random.NextDouble() : random.NextDouble() * days;
            all.Add(new Interaction
            {
                Id = $"r{number}",
                AtMs = HabitStory.At(Math.Min(day, days)),
                From = $"p{order[0]}",
                To = [.. order.Skip(1).Take(recipients).Select(p => $"p{p}")],
                Kind = kind,
                Exchange = random.Next(3) == 0 ? moods[order[0]] : (Exchange)(random.Next(3) == 0 ? random.Next(Exchanges) : 0),
                Setting = (Setting)(random.Next(5) == 0 ? random.Next(4) : 0),
                Venue = kind is InteractionKind.Attendance || (kind is InteractionKind.Meeting && random.Next(2) == 0)
                    ? $"venue {random.Next(6)}" : null,
                About = kind is InteractionKind.Referral ? $"p{order[^1]}" : null,
                InReplyTo = number > 0 && random.Next(4) == 0 ? $"r{random.Next(number)}" : null,
                Personalised = random.Next(3) == 0 ? true : null,
            });
        }
        return all;
    }

    /// <summary>The same at another time, of people with other ids where a prefix is given.</summary>
    public static Interaction Copy(Interaction original, long atMs, string prefix = "") => Copy(original, atMs, prefix, prefix);

    /// <summary>The same under another id.</summary>
    public static Interaction Copy(Interaction original, long atMs, string idPrefix, string prefix) => new()
    {
        Id = idPrefix + original.Id,
        AtMs = atMs,
        From = prefix + original.From,
        To = [.. original.To.Select(to => prefix + to)],
        Kind = original.Kind,
        Exchange = original.Exchange,
        Setting = original.Setting,
        Venue = original.Venue,
        About = original.About is { } about ? prefix + about : null,
        InReplyTo = original.InReplyTo is { } answered ? prefix + answered : null,
        Personalised = original.Personalised,
    };

    private static InteractionKind Kind(Random random) => random.Next(10) switch
    {
        < 4 => InteractionKind.Message,
        4 => InteractionKind.Reply,
        5 => (InteractionKind)(random.Next(2) == 0 ? (int)InteractionKind.Connect : (int)InteractionKind.Accept),
        6 => InteractionKind.Introduction,
        7 => random.Next(2) == 0 ? InteractionKind.Attendance : InteractionKind.Meeting,
        _ => (InteractionKind)random.Next(InteractionKinds.Count),
    };
}

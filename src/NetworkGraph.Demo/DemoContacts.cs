using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>First contacts: connecting, accepting, declining, and the follow-up within a day, two days, two weeks, or never.</summary>
internal static class DemoContacts
{
    /// <summary>One asks to connect, the other accepts. Number of the acceptance, or -1 where it has not happened by the end.</summary>
    public static int Connect(
        DemoWorld world, int from, int to, long atMs, DemoRandom random, InteractionKind answer = InteractionKind.Accept)
    {
        var request = world.Ledger.Add(new DemoDraft
        {
            AtMs = atMs,
            From = from,
            To = to,
            Kind = InteractionKind.Connect,
            Channel = DemoChannel.LinkedIn,
            Personalised = random.Chance(0.4),
        });
        return request < 0 ? -1 : world.Ledger.Add(new DemoDraft
        {
            AtMs = DemoConversations.ReplyAt(world, Setting.Professional, to, atMs, random),
            From = to,
            To = from,
            Kind = answer,
            Channel = DemoChannel.LinkedIn,
            Answers = request,
        });
    }

    /// <summary>
    /// After a first contact at <paramref name="metAtMs"/>: the keener of the two writes, sooner or later or not at all.
    /// <paramref name="quality"/> multiplies their willingness. Returns when it was over, or -1 where no one wrote.
    /// </summary>
    public static long FollowUp(DemoWorld world, DemoTie tie, long metAtMs, double quality, DemoRandom random)
    {
        var a = world.People[tie.A];
        var b = world.People[tie.B];
        var writer = a.Habits.FollowsUp == b.Habits.FollowsUp ? (random.Chance(0.5) ? a : b) : a.Habits.FollowsUp > b.Habits.FollowsUp
            ? a : b;
        var keenness = Math.Max(a.Habits.FollowsUp, b.Habits.FollowsUp) * Math.Clamp(
            3 * Math.Min(a.Habits.FollowsUp, b.Habits.FollowsUp), 0.1, 1);
        if (!random.Chance(keenness * quality)) return -1;
        var hours = random.Chance(writer.Promptness)
            ? random.Between(2, 22)
            : random.Chance(0.55) ? random.Between(25, 46) : random.Between(50, 300);
        var ready = metAtMs + (long)(hours * DemoCalendar.HourMs);
        var at = hours < 48 ? ready : world.Calendar.ReplyMoment(ready, writer.HoursAhead, random);
        if (hours < 48) at = OutOfTheNight(at, metAtMs, writer.HoursAhead);
        var exchange = DemoConversations.Opening(writer.Habits, isWarm: false, random);
        return DemoConversations.Thread(world, tie, writer.Number, at, exchange, random);
    }

    /// <summary>Keeps a prompt follow-up prompt: what would fall into the night is written the evening before.</summary>
    private static long OutOfTheNight(long atMs, long metAtMs, int hoursAhead)
    {
        var hour = (atMs / DemoCalendar.HourMs + hoursAhead) % 24;
        var earlier = hour < 7 ? atMs - (hour + 3) * DemoCalendar.HourMs : hour >= 22 ? atMs - 2 * DemoCalendar.HourMs : atMs;
        return earlier > metAtMs ? earlier : atMs;
    }
}

using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>
/// What is never returned, as there is some in every network: requests no one accepts, notes no one answers, and the
/// followers of those whose posts many read. How many follow whom is skewed: a few have most of the followers.
/// </summary>
internal static class DemoOneWays
{
    public static void Send(DemoWorld world)
    {
        var random = world.Stream("one-ways");
        var people = world.Options.People;
        for (var i = 0; i < people; i++) Once(world, random.Pick(world.Ordinary), InteractionKind.Connect, random);
        for (var i = 0; i < people; i++) Once(world, random.Pick(world.Ordinary), InteractionKind.Message, random);
        var voices = new int[Math.Max(4, people / 12)];
        for (var i = 0; i < voices.Length; i++) voices[i] = random.Pick(world.Ordinary);
        for (var i = 0; i < people * 3; i++)
        {
            var reader = random.Pick(world.Ordinary);
            var skew = random.Unit();
            var voice = voices[(int)(voices.Length * skew * skew)];
            if (reader == voice || world.Knows(reader, voice)) continue;
            world.Meet(reader, voice);
            Follow(world, reader, voice, random);
        }
    }

    private static void Once(DemoWorld world, int person, InteractionKind kind, DemoRandom random)
    {
        var other = world.Stranger(person, random);
        if (other < 0) return;
        world.Reserve(person, other);
        world.Ledger.Add(new DemoDraft
        {
            AtMs = world.Calendar.OfficeMoment(world.Sometime(0, 2, random), world.People[person].HoursAhead, random),
            From = person,
            To = other,
            Kind = kind,
            Channel = kind is InteractionKind.Connect || random.Chance(0.5) ? DemoChannel.LinkedIn : DemoChannel.Email,
            Personalised = random.Chance(0.6),
        });
    }

    private static void Follow(DemoWorld world, int reader, int voice, DemoRandom random)
    {
        for (var posts = 1 + (int)random.Exponential(2); posts > 0; posts--)
        {
            var isComment = random.Chance(0.4);
            var at = world.Calendar.OfficeMoment(world.Sometime(0, 2, random), world.People[reader].HoursAhead, random);
            var post = world.Ledger.Add(new DemoDraft
            {
                AtMs = at,
                From = reader,
                To = voice,
                Kind = isComment ? InteractionKind.Comment : InteractionKind.Reaction,
                Exchange = isComment && random.Chance(0.2) ? Exchange.Thanks : Exchange.None,
                Channel = DemoChannel.LinkedIn,
            });
            if (post < 0 || !isComment || !random.Chance(0.12)) continue;
            world.Ledger.Add(new DemoDraft
            {
                AtMs = DemoConversations.ReplyAt(world, Setting.Professional, voice, at, random),
                From = voice,
                To = reader,
                Kind = InteractionKind.Reply,
                Channel = DemoChannel.LinkedIn,
                Answers = post,
            });
        }
    }
}

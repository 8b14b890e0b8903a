using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Tests.Measures;

/// <summary>Random histories of two people: bursts and silences, all kinds, replies to real, own, later and unknown ids.</summary>
public static class RandomStories
{
    private static readonly Gen<Happened> s_happened =
        from gapMinutes in Gen.Frequency((1, Gen.Constant(0)), (6, Gen.Choose(1, 3 * 1440)), (3, Gen.Choose(1, 60 * 1440)))
        from kind in Gen.Frequency((4, Gen.Constant(0)), (3, Gen.Constant(1)), (6, Gen.Choose(0, InteractionKinds.Count - 2)))
        from mine in Gen.Elements(Side.Me, Side.Them)
        from exchange in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(0, WireNames.Exchanges.Count - 1)))
        from setting in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(0, WireNames.Settings.Count - 1)))
        from recipients in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(2, 9)))
        from replyBack in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(-2, 6)))
        select new Happened(gapMinutes * 60_000L, ((InteractionKind)kind).IsMutual() ? Side.Both : mine, (InteractionKind)kind)
        {
            Exchange = (Exchange)exchange,
            Setting = (Setting)setting,
            Recipients = recipients,
            ReplyTo = (uint)(replyBack + 10),
        };

    /// <summary>At least one interaction, in order of time; several can share an instant.</summary>
    public static Arbitrary<Happened[]> All { get; } = Arb.From(
        Gen.NonEmptyListOf(s_happened).Select(gaps => Told([.. gaps])),
        story => story.Length <= 1 ? [] : Enumerable.Range(0, story.Length).Select(left => story.Where((_, i) => i != left).ToArray()));

    /// <summary>The same with every interaction at an instant of its own.</summary>
    public static Arbitrary<Happened[]> WithDistinctTimes { get; } = Arb.From(
        All.Generator.Select(story => story.Select((h, i) => h with { AtMs = h.AtMs + i }).ToArray()), All.Shrinker);

    private static Happened[] Told(Happened[] gaps)
    {
        var atMs = DyadStory.StartMs;
        var story = new Happened[gaps.Length];
        for (var i = 0; i < gaps.Length; i++)
        {
            atMs += gaps[i].AtMs;
            var back = (int)gaps[i].ReplyTo - 10;
            var replyTo = i + 1 - back;
            story[i] = gaps[i] with
            {
                AtMs = atMs,
                Id = (uint)i + 1,
                ReplyTo = back == 0 || replyTo < 1 || replyTo == i + 1 ? 0 : (uint)replyTo
            };
        }
        return story;
    }
}

using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>
/// Third persons: a broker introduces two who do not know each other, and some of them get in touch; a referrer sends a
/// receiver to somebody, which is acted on or not, and reported back or not. Brokers and referrers use ties that are
/// alive at the time. A pair that does not get in touch is reserved, so that the loop stays open.
/// </summary>
internal static class DemoReferrals
{
    public static void Make(DemoWorld world)
    {
        var random = world.Stream("referrals");
        foreach (var person in world.People)
        {
            if (person.Archetype is DemoArchetype.Connector)
            {
                for (var i = random.Rounded(random.Between(18, 36) * world.Scale); i > 0; i--)
                    Introduce(world, person.Number, 0.82, random);
            }
            else if (person.Archetype is null && random.Chance(0.14))
            {
                for (var i = random.Whole(1, 2); i > 0; i--) Introduce(world, person.Number, 0.45, random);
            }
        }
        for (var i = 0; i < world.Options.People / 4; i++) Refer(world, random.Pick(world.Ordinary), random);
    }

    private static void Introduce(DemoWorld world, int broker, double leadsToContact, DemoRandom random)
    {
        if (!TryPickTwo(world, broker, out var first, out var second, out var at, random)) return;
        at = world.Calendar.OfficeMoment(at, world.People[broker].HoursAhead, random);
        var introduction = world.Ledger.Add(new DemoDraft
        {
            AtMs = at,
            From = broker,
            Group = [first, second],
            Kind = InteractionKind.Introduction,
            Exchange = Exchange.Give,
            Channel = DemoChannel.Email,
            Personalised = true,
        });
        if (introduction < 0) return;
        var led = random.Chance(leadsToContact);
        if (led)
        {
            world.Meet(first, second);
            var thanked = DemoConversations.ReplyAt(world, Setting.Professional, first, at, random);
            if (random.Chance(0.6))
            {
                world.Ledger.Add(new DemoDraft
                {
                    AtMs = thanked,
                    From = first,
                    Group = [broker, second],
                    Kind = InteractionKind.Reply,
                    Exchange = Exchange.Thanks,
                    Channel = DemoChannel.Email,
                    Answers = introduction,
                    Personalised = true,
                });
            }
            led = GetInTouch(world, first, second, thanked + DemoCalendar.HourMs, 0.4, random);
        }
        else
        {
            world.Reserve(first, second);
        }
        world.Planted.Introductions.Add((introduction, led));
    }

    private static void Refer(DemoWorld world, int referrer, DemoRandom random)
    {
        if (!TryPickTwo(world, referrer, out var receiver, out var referred, out var at, random)) return;
        at = world.Calendar.OfficeMoment(at, world.People[referrer].HoursAhead, random);
        var referral = world.Ledger.Add(new DemoDraft
        {
            AtMs = at,
            From = referrer,
            To = receiver,
            Kind = InteractionKind.Referral,
            Exchange = Exchange.Give,
            Channel = DemoChannel.Email,
            About = referred,
            Personalised = true,
        });
        if (referral < 0) return;
        var acted = random.Chance(0.6);
        if (acted)
        {
            world.Meet(receiver, referred);
            acted = GetInTouch(world, receiver, referred, at + DemoCalendar.HourMs * random.Whole(3, 200), 0.35, random);
        }
        else
        {
            world.Reserve(receiver, referred);
        }
        var reports = random.Chance(acted ? 0.65 : 0.12);
        if (reports)
        {
            reports = world.Ledger.Add(new DemoDraft
            {
                AtMs = world.Calendar.OfficeMoment(
                    at + random.Whole(9, 24) * DemoCalendar.DayMs, world.People[receiver].HoursAhead, random),
                From = receiver,
                To = referrer,
                Kind = InteractionKind.Reply,
                Exchange = acted ? Exchange.Thanks : Exchange.None,
                Channel = DemoChannel.Email,
                About = referred,
                Answers = referral,
                Personalised = true,
            }) >= 0;
        }
        world.Planted.Referrals.Add((referral, receiver, referred, acted, reports));
    }

    /// <summary>Two who are tied to this person at some time, and do not know each other.</summary>
    private static bool TryPickTwo(DemoWorld world, int person, out int first, out int second, out long atMs, DemoRandom random)
    {
        (first, second, atMs) = (-1, -1, 0);
        var ties = world.TiesOf(person);
        if (ties.Count < 2) return false;
        for (var attempt = 0; attempt < 30; attempt++)
        {
            var one = random.Pick(ties);
            var other = random.Pick(ties);
            atMs = world.Sometime(40, 40, random);
            if (!one.IsAliveAt(atMs) || !other.IsAliveAt(atMs)) continue;
            (first, second) = (one.Other(person), other.Other(person));
            if (first == second || world.Knows(first, second)) continue;
            if (Answers(world, first) && Answers(world, second)) return true;
        }
        return false;
    }

    private static bool Answers(DemoWorld world, int person) =>
        world.People[person].Archetype is null or DemoArchetype.Connector or DemoArchetype.Nurturer or DemoArchetype.Giver;

    private static bool GetInTouch(DemoWorld world, int first, int second, long atMs, double lasts, DemoRandom random)
    {
        var tie = DemoTies.Lasting(world, first, second, atMs, random);
        var before = world.Ledger.Count;
        var at = world.Calendar.OfficeMoment(atMs, world.People[first].HoursAhead, random);
        var end = DemoConversations.Thread(world, tie, first, at, Exchange.None, random, isAnswered: true);
        if (world.Ledger.Count == before) return false;
        if (random.Chance(0.5))
        {
            var met = world.Calendar.OfficeMoment(end + random.Whole(2, 12) * DemoCalendar.DayMs, world.People[first].HoursAhead, random);
            DemoConversations.Talk(world, tie, first, met, Exchange.None, random);
        }
        if (random.Chance(lasts)) world.Add(tie);
        return true;
    }
}

using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>
/// What those do who make networking worse: card collectors, self-promoters, demanders, ghosts and crisis networkers.
/// Each acts towards ordinary people, in pairs of their own, on top of their exchange mix in everyday ties.
/// </summary>
internal static class DemoTakers
{
    public static void Act(DemoWorld world)
    {
        var random = world.Stream("takers");
        foreach (var person in world.People)
        {
            switch (person.Archetype)
            {
                case DemoArchetype.CardCollector: CollectCards(world, person, random); break;
                case DemoArchetype.SelfPromoter: PitchCold(world, person, random); break;
                case DemoArchetype.Demander: AskCold(world, person, random); break;
                case DemoArchetype.Ghost: Vanish(world, person, random); break;
                case DemoArchetype.CrisisNetworker: AskInCrises(world, person, random); break;
            }
        }
    }

    /// <summary>Promotion to everybody at once; after the ties are laid, since a list holds contacts and strangers alike.</summary>
    public static void Blast(DemoWorld world)
    {
        var random = world.Stream("blasts");
        foreach (var person in world.People)
        {
            if (person.Archetype is not DemoArchetype.SelfPromoter) continue;
            var list = world.TiesOf(person.Number).Select(t => t.Other(person.Number)).ToList();
            var contacts = list.Count;
            for (var strangers = Math.Min(world.People.Length / 10, random.Whole(34, 48)); strangers > 0; strangers--)
            {
                var stranger = world.Stranger(person.Number, random);
                if (stranger < 0) continue;
                world.Meet(person.Number, stranger);
                list.Add(stranger);
            }
            if (list.Count < 3) continue;
            if (list.Count - contacts >= 32) world.Planted.Warnings.Add(("spamming", person.Number, -1));
            for (var posts = random.Rounded(random.Between(14, 34) * world.Scale); posts > 0; posts--)
            {
                random.Shuffle(list);
                world.Ledger.Add(new DemoDraft
                {
                    AtMs = world.Calendar.OfficeMoment(world.Sometime(0, 2, random), person.HoursAhead, random),
                    From = person.Number,
                    Group = [.. list.Take(random.Whole(list.Count * 2 / 3, list.Count))],
                    Kind = InteractionKind.Message,
                    Exchange = Exchange.Promotion,
                    Channel = DemoChannel.Email,
                    Personalised = false,
                });
            }
        }
    }

    private static void CollectCards(DemoWorld world, DemoPerson person, DemoRandom random)
    {
        for (var cards = Math.Min(world.People.Length / 4, random.Whole(70, 170)); cards > 0; cards--)
        {
            var other = Claim(world, person.Number, random);
            if (other < 0) return;
            var at = world.Calendar.OfficeMoment(world.Sometime(0, 5, random), person.HoursAhead, random);
            var accepted = random.Chance(0.85)
                ? DemoContacts.Connect(world, person.Number, other, at, random)
                : DemoContacts.Connect(world, other, person.Number, at, random);
            if (accepted < 0 || !random.Chance(0.04)) continue;
            Say(world, other, person.Number,
                DemoConversations.ReplyAt(world, Setting.Professional, other, world.Ledger.Drafts[accepted].AtMs, random),
                InteractionKind.Message, Exchange.None);
        }
        world.Planted.Warnings.Add(("no-follow-up", person.Number, -1));
    }

    /// <summary>Connects, is accepted, and pitches within the hour.</summary>
    private static void PitchCold(DemoWorld world, DemoPerson person, DemoRandom random)
    {
        for (var pitches = random.Rounded(random.Between(18, 40) * world.Scale); pitches > 0; pitches--)
        {
            var other = Claim(world, person.Number, random);
            if (other < 0) return;
            var at = world.Calendar.OfficeMoment(world.Sometime(0, 8, random), person.HoursAhead, random);
            var accepted = DemoContacts.Connect(world, person.Number, other, at, random);
            if (accepted < 0) continue;
            at = world.Ledger.Drafts[accepted].AtMs + random.Whole(5, 300) * 60_000L;
            var pitch = Say(world, person.Number, other, at, InteractionKind.Message, Exchange.Pitch);
            if (pitch < 0) continue;
            if (random.Chance(0.6))
            {
                var again = world.Calendar.OfficeMoment(at + random.Whole(2, 6) * DemoCalendar.DayMs, person.HoursAhead, random);
                if (Say(world, person.Number, other, again, InteractionKind.Message, Exchange.Pitch) >= 0)
                    world.Planted.Warnings.Add(("premature-pitch", person.Number, other));
            }
            else if (random.Chance(0.6))
                Say(world, other, person.Number, DemoConversations.ReplyAt(world, Setting.Professional, other, at, random),
                    InteractionKind.Reply, Exchange.None, pitch);
        }
    }

    /// <summary>Asks as soon as accepted; those who help are asked again, and two are asked without end.</summary>
    private static void AskCold(DemoWorld world, DemoPerson person, DemoRandom random)
    {
        for (var asks = random.Rounded(random.Between(18, 34) * world.Scale); asks > 0; asks--)
        {
            var other = Claim(world, person.Number, random);
            if (other < 0) return;
            var isVictim = asks <= 2;
            var at = world.Calendar.OfficeMoment(world.Sometime(0, isVictim ? 420 : 30, random), person.HoursAhead, random);
            var accepted = DemoContacts.Connect(world, person.Number, other, at, random);
            if (accepted < 0) continue;
            at = world.Ledger.Drafts[accepted].AtMs;
            var rounds = isVictim ? random.Whole(10, 18) : random.Whole(1, 3);
            for (var round = 0; round < rounds; round++)
            {
                at = world.Calendar.OfficeMoment(
                    at + (long)(random.Between(round == 0 ? 0.1 : 6, round == 0 ? 2 : 25) * DemoCalendar.DayMs), person.HoursAhead, random);
                var ask = Say(world, person.Number, other, at, InteractionKind.Message, Exchange.Ask);
                if (ask < 0) break;
                if (!isVictim && !random.Chance(0.4)) continue;
                at = DemoConversations.ReplyAt(world, Setting.Professional, other, at, random);
                Say(world, other, person.Number, at, InteractionKind.Reply,
                    random.Chance(isVictim ? 0.7 : 0.5) ? Exchange.Give : Exchange.None, ask);
            }
            if (isVictim) world.Planted.Warnings.Add(("exploitation", person.Number, other));
        }
    }

    /// <summary>Accepts everybody, answers no one.</summary>
    private static void Vanish(DemoWorld world, DemoPerson person, DemoRandom random)
    {
        for (var contacts = Math.Min(world.People.Length / 5, random.Whole(26, 50)); contacts > 0; contacts--)
        {
            var other = Claim(world, person.Number, random);
            if (other < 0) return;
            var hoursAhead = world.People[other].HoursAhead;
            var at = world.Calendar.OfficeMoment(world.Sometime(0, 12, random), hoursAhead, random);
            var accepted = DemoContacts.Connect(world, other, person.Number, at, random);
            if (accepted < 0) continue;
            at = world.Ledger.Drafts[accepted].AtMs;
            for (var attempts = random.Weighted([0.12, 0.5, 0.28, 0.1]); attempts > 0; attempts--)
            {
                at = world.Calendar.OfficeMoment(at + random.Whole(4, 300) * DemoCalendar.HourMs, hoursAhead, random);
                Say(world, other, person.Number, at, InteractionKind.Message, Exchange.None);
            }
        }
    }

    /// <summary>
    /// Makes friends at the beginning; then months of silence, and one ask to all of them within ten days; again and again.
    /// </summary>
    private static void AskInCrises(DemoWorld world, DemoPerson person, DemoRandom random)
    {
        var contacts = new List<DemoTie>();
        for (var i = random.Whole(16, 28); i > 0; i--)
        {
            var other = Claim(world, person.Number, random);
            if (other < 0) break;
            var tie = new DemoTie
            {
                A = person.Number,
                B = other,
                FromMs = world.Calendar.StartMs,
                ToMs = world.Calendar.UntilMs,
                PerMonth = 1
            };
            var first = world.Calendar.OfficeMoment(
                world.Calendar.StartMs + random.Whole(0, 40) * DemoCalendar.DayMs, person.HoursAhead, random);
            DemoConversations.Thread(
                world, tie, random.Chance(0.6) ? person.Number : other, first, Exchange.None, random, isAnswered: true);
            contacts.Add(tie);
        }
        for (var crisis = 300 + random.Whole(-30, 30); crisis < world.Calendar.SpanDays - 15; crisis += random.Whole(270, 340))
        {
            foreach (var tie in contacts)
            {
                if (!random.Chance(0.8)) continue;
                var at = world.Calendar.StartMs + (long)((crisis + random.Between(0, 9)) * DemoCalendar.DayMs);
                at = world.Calendar.OfficeMoment(at, person.HoursAhead, random);
                var ask = Say(world, person.Number, tie.B, at, InteractionKind.Message, Exchange.Ask);
                if (ask < 0 || !random.Chance(0.55)) continue;
                at = DemoConversations.ReplyAt(world, Setting.Professional, tie.B, at, random);
                var help = Say(world, tie.B, person.Number, at, InteractionKind.Reply, random.Chance(0.6) ? Exchange.Give : Exchange.None,
                    ask);
                if (help >= 0 && random.Chance(0.2))
                    Say(world, person.Number, tie.B, at + random.Whole(1, 20) * DemoCalendar.HourMs, InteractionKind.Reply,
                        Exchange.Thanks, help);
            }
        }
    }

    private static int Claim(DemoWorld world, int person, DemoRandom random)
    {
        var other = world.Stranger(person, random);
        if (other >= 0) world.Reserve(person, other);
        return other;
    }

    private static int Say(DemoWorld world, int from, int to, long atMs, InteractionKind kind, Exchange exchange, int answers = -1) =>
        world.Ledger.Add(new DemoDraft
        {
            AtMs = atMs,
            From = from,
            To = to,
            Kind = kind,
            Exchange = exchange,
            Channel = DemoChannel.LinkedIn,
            Answers = answers,
            Personalised = exchange is not Exchange.Pitch,
        });
}

using NetworkGraph.Events.Interactions;
using NetworkGraph.Stories;

namespace NetworkGraph.People.Tests.FollowUps;

/// <summary>
/// First contacts, venues and referral loops once more, read from the interactions one by one and from the definitions
/// alone: what the real ones are compared with.
/// </summary>
internal sealed class NaiveNetwork
{
    private readonly List<(Interaction I, long Position)> _past;
    private readonly long _asOfMs;

    public NaiveNetwork(IReadOnlyList<Interaction> interactions, long asOfMs)
    {
        _asOfMs = asOfMs;
        _past = [.. interactions.Select((i, index) => (i, index + 1L)).Where(p => p.i.AtMs <= asOfMs).OrderBy(p => p.i.AtMs).ThenBy(
            p => p.Item2)];
    }

    public sealed record Met(string One, string Other, string? Venue, double? Hours, bool Elsewhere, double AgeHours);

    /// <summary>What two people have had with each other, in order.</summary>
    public List<(Interaction I, long Position)> Between(string one, string other) =>
        [.. _past.Where(p => Pairs(p.I).Contains(Pair(one, other)))];

    public IEnumerable<string> PeopleAt(string venue) =>
        _past.Where(p => p.I.Venue == venue).SelectMany(p => p.I.To.Prepend(p.I.From)).Distinct();

    public List<Met> FirstContacts()
    {
        var found = new List<Met>();
        foreach (var (one, other) in _past.SelectMany(p => Pairs(p.I)).Distinct())
        {
            var events = Between(one, other);
            bool IsSaid((Interaction I, long Position) p) =>
                IsContact(p.I, events.TakeWhile(e => e.Position != p.Position).Select(e => e.I));
            var met = events.FindIndex(p => p.I.Kind is InteractionKind.Meeting or InteractionKind.Accept or InteractionKind.Call);
            if (met < 0 || events.Take(met).Any(IsSaid)) continue;
            var first = events[met].I;
            bool IsSameOccasion(Interaction i) =>
                i.Venue is not null && i.Venue == first.Venue && NetworkStory.DayOf(i.AtMs) == NetworkStory.DayOf(first.AtMs);
            var said = events.Skip(met + 1).Where(p => IsSaid(p) && !IsSameOccasion(p.I)).ToList();
            double? hours = said.Count == 0 ? null : (said[0].I.AtMs - first.AtMs) / 3_600_000.0;
            var elsewhere = said.FirstOrDefault(p => p.I.Venue is null || p.I.Venue != first.Venue).I;
            found.Add(new Met(one, other, first.Venue, hours,
                elsewhere is not null && elsewhere.AtMs - first.AtMs <= 14 * NetworkStory.DayMs, (_asOfMs - first.AtMs) / 3_600_000.0));
        }
        return found;
    }

    /// <summary>Share followed up within so many hours, by the product-limit estimate written out; null where nothing is decided.</summary>
    public static double? Rate(IEnumerable<Met> contacts, double hours)
    {
        var list = contacts.Select(
            c => (Happened: c.Hours <= 14 * 24, Until: c.Hours is { } h && h <= 14 * 24 ? h : Math.Min(c.AgeHours, 14 * 24))).ToList();
        if (!list.Exists(c => (c.Happened && c.Until <= hours) || c.Until >= hours)) return null;
        var open = 1.0;
        foreach (var time in list.Where(c => c.Happened && c.Until <= hours).Select(c => c.Until).Distinct().Order())
            open *= 1 - list.Count(c => c.Happened && c.Until == time) / (double)list.Count(c => c.Until >= time);
        return 1 - open;
    }

    /// <summary>Referrer, receiver, referred, acted, reported.</summary>
    public List<(string Referrer, string Receiver, string Referred, bool Acted, bool Reported)> Loops()
    {
        var loops = new List<(string, string, string, bool, bool)>();
        foreach (var (referral, position) in _past.Where(p => p.I.Kind is InteractionKind.Referral))
        {
            bool IsAfter((Interaction I, long Position) p) =>
                p.I.AtMs > referral.AtMs || (p.I.AtMs == referral.AtMs && p.Position > position);
            foreach (var receiver in referral.To)
            {
                var acted = Between(receiver, referral.About!).Any(p => IsAfter(p) && p.I.AtMs - referral.AtMs <= 30 * NetworkStory.DayMs);
                var reported = Between(receiver, referral.From).Any(p =>
                    IsAfter(p) && (p.I.From == receiver || p.I.Kind.IsMutual())
                        && (p.I.InReplyTo == referral.Id || p.I.About == referral.About));
                loops.Add((referral.From, receiver, referral.About!, acted, reported));
            }
        }
        return loops;
    }

    /// <summary>Message-like, and at least 0.2 between the two; <paramref name="before"/> is what they had before.</summary>
    private static bool IsContact(Interaction i, IEnumerable<Interaction> before)
    {
        double weight = i.Kind switch
        {
            InteractionKind.Message or InteractionKind.Reply => 1,
            InteractionKind.Comment => 0.3,
            InteractionKind.Call => 2,
            InteractionKind.Meeting or InteractionKind.Favour or InteractionKind.Referral or InteractionKind.Introduction => 3,
            _ => 0,
        };
        if (i.Exchange is Exchange.Gossip or Exchange.Complaint) weight = 0;
        var isToAuthor = !i.Kind.IsMutual() && before.FirstOrDefault(b => b.Id == i.InReplyTo) is { } answered && answered.From != i.From;
        return weight / (isToAuthor ? 1 : i.To.Length) >= 0.2;
    }

    private static IEnumerable<(string, string)> Pairs(Interaction interaction)
    {
        foreach (var other in interaction.To) yield return Pair(interaction.From, other);
        if (!interaction.Kind.IsMutual()) yield break;
        for (var i = 0; i < interaction.To.Length; i++)
            for (var j = 0; j < i; j++)
                yield return Pair(interaction.To[i], interaction.To[j]);
    }

    private static (string, string) Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
}

using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Beginnings;

/// <summary>
/// Problem: how did one person's ties begin, by headers and kinds alone?
/// Method: of what brought the person and the other together in the 14 days before their first contact, sent by somebody who
/// had had contacts with both: an introduction (0.95), one mail to two to five people (0.8), a meeting of three (0.5); the most
/// probable one, of equal ones the latest. Else the venue of the first contact; else, where it was between the two alone, who
/// turned to whom. The 0.8 is measured: of the first contacts in the two weeks after such a mail, 83 % (email-eu) and 80 %
/// (manufacturing mail) are more than come in weeks 5 to 14 after it; the other two are not measured.
/// Cost: the person's events once; a tie costs the candidates of its 14 days and their dyads with the other. Not for several threads.
/// </summary>
public sealed class TieBeginnings
{
    private const long WithinMs = (long)(14 * TieDecay.DayMs);

    private readonly HistoryStore _histories;
    private readonly PeopleOptions _options;
    private readonly DyadReader _reader;
    private readonly DyadReader _others;
    private readonly int _person;
    private readonly List<Together> _together = [];

    /// <param name="histories">Everything that happened.</param>
    /// <param name="options">What a contact is.</param>
    /// <param name="person">Person number of whose ties they are.</param>
    /// <param name="asOfMs">Unix ms; what came later is not looked at.</param>
    public TieBeginnings(HistoryStore histories, PeopleOptions options, int person, long asOfMs)
    {
        (_histories, _options, _person) = (histories, options, person);
        _reader = new DyadReader(histories);
        _others = new DyadReader(histories);
        foreach (var view in histories.RelationsOf(person))
        {
            var known = false;
            foreach (ref readonly var happened in _reader.Read(view.Index, asOfMs))
            {
                if (known && ProbabilityOf(in happened, view.SelfIsLow) is > 0 and var probability)
                    _together.Add(new Together(
                        happened.AtMs, happened.Position, view.Other, probability, happened.Kind, happened.Recipients));
                known |= options.WeightTable.IsContact(in happened);
            }
        }
        _together.Sort(static (a, b) => a.AtMs != b.AtMs ? a.AtMs.CompareTo(b.AtMs) : a.Position.CompareTo(b.Position));
    }

    /// <summary>How the tie with the other began; null where there was no contact.</summary>
    public TieBeginning? Of(int other, long asOfMs)
    {
        if (_histories.Find(_person, other) is not { } dyad) return null;
        DyadEvent? first = null;
        foreach (ref readonly var happened in _reader.Read(dyad.Index, asOfMs))
        {
            if (!_options.WeightTable.IsContact(in happened)) continue;
            first = happened;
            break;
        }
        if (first is not { } contact) return null;
        if (Introduced(other, in contact) is { } together)
        {
            return new TieBeginning
            {
                How = "introducedBy",
                Person = _histories.People.Ids[together.By],
                Venue = null,
                At = DateTimeOffset.FromUnixTimeMilliseconds(together.AtMs),
                Probability = together.Probability,
                Kind = WireNames.Of(together.Kind),
                Recipients = together.Recipients,
            };
        }
        var venue = contact.HasVenue && _histories.Venues.Of(contact.Position) is >= 0 and var number
            ? _histories.Venues.NameOf(number) : "";
        var alone = contact.Recipients == 1;
        return new TieBeginning
        {
            How = venue.Length > 0 ? "venue" : alone ? "self" : "unknown",
            Person = venue.Length == 0 && alone ? Turned(in contact, dyad) : null,
            Venue = venue.Length > 0 ? venue : null,
            At = DateTimeOffset.FromUnixTimeMilliseconds(contact.AtMs),
            Probability = null,
            Kind = WireNames.Of(contact.Kind),
            Recipients = contact.Recipients,
        };
    }

    private string? Turned(in DyadEvent contact, DyadView dyad)
    {
        var from = contact.Direction is DyadDirection.Both ? contact.CalledBy : contact.Direction;
        if (from is not (DyadDirection.LowToHigh or DyadDirection.HighToLow)) return null;
        return _histories.People.Ids[(from is DyadDirection.LowToHigh) == dyad.SelfIsLow ? _person : dyad.Other];
    }

    private Together? Introduced(int other, in DyadEvent contact)
    {
        Together? best = null;
        var known = new Dictionary<int, DyadView?>();
        for (var i = _together.Count - 1; i >= 0; i--)
        {
            var together = _together[i];
            if (together.AtMs > contact.AtMs || (together.AtMs == contact.AtMs && together.Position > contact.Position)) continue;
            if (together.AtMs < contact.AtMs - WithinMs) break;
            if (together.By == other || together.Probability <= (best?.Probability ?? 0)) continue;
            if (!known.TryGetValue(together.By, out var dyad)) known.Add(together.By, dyad = _histories.Find(together.By, other));
            if (dyad is { } theirs && BroughtIn(together, theirs)) best = together;
        }
        return best;
    }

    /// <summary>Whether the same interaction reached the other too, after a contact with who sent it.</summary>
    private bool BroughtIn(in Together together, DyadView dyad)
    {
        var known = false;
        foreach (ref readonly var happened in _others.Read(dyad.Index, together.AtMs))
        {
            // The dyad is seen from the one who brought them together.
            if (happened.Position == together.Position) return known && ProbabilityOf(in happened, !dyad.SelfIsLow) > 0;
            known |= _options.WeightTable.IsContact(in happened);
        }
        return false;
    }

    /// <summary>The chance that who is brought together so comes to know each other through it; 0 where no one is.</summary>
    private static double ProbabilityOf(in DyadEvent happened, bool selfIsLow)
    {
        var isFromOther = happened.Direction == (selfIsLow ? DyadDirection.HighToLow : DyadDirection.LowToHigh);
        return happened.Kind switch
        {
            InteractionKind.Introduction when isFromOther => 0.95,
            InteractionKind.Message or InteractionKind.Reply when isFromOther && happened.Recipients is >= 2 and <= 5 => 0.8,
            InteractionKind.Meeting when happened.Participants == 3 => 0.5,
            _ => 0,
        };
    }

    /// <summary>
    /// What brought the person and others together: when, where in the log, by whom, how likely it is what made them known.
    /// </summary>
    private readonly record struct Together(long AtMs, uint Position, int By, double Probability, InteractionKind Kind, int Recipients);
}

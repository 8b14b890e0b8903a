using NetworkGraph.Engine.Snapshots;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics;

/// <summary>
/// Says of each dormant tie how much that is new it leads to: the share of the other's mutual contacts that are not
/// mine, and with it what reviving the tie is worth. I do not count as one of the other's contacts.
/// </summary>
public static class NoveltyOfTies
{
    /// <summary>The ties with novelty and reconnect value, most worth first, then by id.</summary>
    public static IReadOnlyList<DormantTie> Rank(
        NetworkSnapshot snapshot, PersonDirectory people, string person, IReadOnlyList<DormantTie> dormant)
    {
        if (!people.TryGetNumber(person, out var self)) return dormant;
        var mine = new HashSet<int>();
        var own = snapshot.Row(self);
        foreach (var contact in own.Neighbours[..own.MutualCount]) mine.Add(contact);
        var ranked = new List<DormantTie>(dormant.Count);
        foreach (var tie in dormant)
        {
            var novelty = people.TryGetNumber(tie.Person, out var other) ? Novelty(snapshot, self, other, mine) : null;
            ranked.Add(tie with
            {
                Novelty = novelty,
                ReconnectValue = tie.Evidence.PeakShare * tie.Balance * novelty * tie.AnswerProbability,
            });
        }
        ranked.Sort(static (a, b) =>
        {
            var byWorth = (b.ReconnectValue ?? -1).CompareTo(a.ReconnectValue ?? -1);
            return byWorth != 0 ? byWorth : string.CompareOrdinal(a.Person, b.Person);
        });
        return ranked;
    }

    private static double? Novelty(NetworkSnapshot snapshot, int self, int other, HashSet<int> mine)
    {
        var row = snapshot.Row(other);
        int contacts = 0, novel = 0;
        foreach (var contact in row.Neighbours[..row.MutualCount])
        {
            if (contact == self) continue;
            contacts++;
            if (!mine.Contains(contact)) novel++;
        }
        return contacts == 0 ? null : (double)novel / contacts;
    }
}

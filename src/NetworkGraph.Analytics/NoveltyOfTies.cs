using NetworkGraph.Engine.Snapshots;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics;

/// <summary>
/// Problem: what does reviving each dormant tie lead to that is new, and in which order are they worth it?
/// Method: novelty is the share of the other's mutual contacts that are not mine (I do not count as one of them); newness is
/// novelty × 1/(1 + episodes/<see cref="EpisodesOfHalf"/>), × <see cref="SameOrganisation"/> where both are of one
/// organisation: the more time was spent together, the less is new. Trust and newness stay apart; the worth of a tie is that
/// at least one of them pays, 1 − (1 − trust)(1 − newness), and trust alone where the log does not know the other's contacts,
/// as in one person's own archive.
/// Source: Levin, Walter and Murnighan, "Dormant ties: the value of reconnecting", 2011; Walter, Levin and Murnighan,
/// "Reconnection choices", 2015; Granovetter, "The strength of weak ties", 1973, for jobs.
/// </summary>
public static class NoveltyOfTies
{
    /// <summary>Episodes of contacts after which half of the newness is left.</summary>
    public const double EpisodesOfHalf = 20;

    /// <summary>What is left of the newness of somebody of one's own organisation.</summary>
    public const double SameOrganisation = 0.7;

    /// <summary>The ties with novelty, newness and reconnect value, most worth first for the goal, then by id.</summary>
    public static IReadOnlyList<DormantTie> Rank(
        NetworkSnapshot snapshot, PersonDirectory people, ProfileStore profiles, string person, IReadOnlyList<DormantTie> dormant,
        ReconnectGoal goal = ReconnectGoal.Any)
    {
        if (!people.TryGetNumber(person, out var self)) return dormant;
        var mine = new HashSet<int>();
        var own = snapshot.Row(self);
        foreach (var contact in own.Neighbours[..own.MutualCount]) mine.Add(contact);
        var organisation = profiles.Of(self)?.Organisation;
        var ranked = new List<DormantTie>(dormant.Count);
        foreach (var tie in dormant)
        {
            var isKnown = people.TryGetNumber(tie.Person, out var other);
            var novelty = isKnown ? Novelty(snapshot, self, other, mine) : null;
            var isColleague = isKnown && organisation is not null
                && string.Equals(profiles.Of(other)?.Organisation, organisation, StringComparison.OrdinalIgnoreCase);
            var newness = novelty / (1 + tie.Episodes / EpisodesOfHalf) * (isColleague ? SameOrganisation : 1);
            ranked.Add(tie with
            {
                Novelty = novelty,
                NoveltyKnown = novelty is not null,
                Newness = newness,
                ReconnectValue = tie.AnswerProbability * (newness is { } isNew ? 1 - (1 - tie.Trust) * (1 - isNew) : tie.Trust),
            });
        }
        ranked.Sort((a, b) =>
        {
            var byWorth = RankOf(b, goal).CompareTo(RankOf(a, goal));
            return byWorth != 0 ? byWorth : string.CompareOrdinal(a.Person, b.Person);
        });
        return ranked;
    }

    /// <summary>By what a tie is ordered for a goal; where its newness is not known, trust stands in.</summary>
    public static double RankOf(DormantTie tie, ReconnectGoal goal) => goal switch
    {
        // Executives prefer those they trust (Walter, Levin and Murnighan 2015).
        ReconnectGoal.Advice => tie.AnswerProbability * tie.Trust,
        // What is new comes from those who move in other circles (Levin, Walter and Murnighan 2011; Granovetter 1973).
        ReconnectGoal.NewIdeas or ReconnectGoal.Job => tie.AnswerProbability * (tie.Newness ?? tie.Trust),
        // An introduction needs somebody who knows others, and is willing.
        ReconnectGoal.Introduction => tie.AnswerProbability * tie.Trust * (tie.Newness ?? 1),
        _ => tie.ReconnectValue,
    };

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

/// <summary>What somebody wants to take a dormant tie up again for.</summary>
public enum ReconnectGoal
{
    Any,
    Advice,
    NewIdeas,
    Job,
    Introduction,
}

/// <summary>The names of goals as requests give them.</summary>
public static class ReconnectGoals
{
    private static readonly string[] s_names = ["any", "advice", "newIdeas", "job", "introduction"];

    public static IReadOnlyList<string> Names => s_names;

    /// <summary>The goal of a name; any where none is given or has it.</summary>
    public static ReconnectGoal Of(string? name) => (ReconnectGoal)Math.Max(0, Array.IndexOf(s_names, name));
}

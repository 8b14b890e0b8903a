using NetworkGraph.People;
using NetworkGraph.People.Habits;

namespace NetworkGraph.Analytics;

/// <summary>Who shows a warning.</summary>
/// <param name="Kind">Which warning.</param>
/// <param name="People">How many people show it.</param>
/// <param name="Ties">On how many of their ties; null where it is about the person.</param>
/// <param name="Most">Those who show it most: numbers, on how many ties, and the score where it is about the person.</param>
public sealed record WarnedPeople(WarningKind Kind, int People, long? Ties, IReadOnlyList<(int Person, int? Ties, double? Score)> Most);

// Who shows which warning, from the sums.
public sealed partial class LiveHabits
{
    private const int MaxNamed = 8;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);
    private readonly Lock _counting = new();
    private (HabitTotals Totals, IReadOnlyList<WarnedPeople> Warned)? _warned;

    /// <summary>
    /// Who shows which warning, of those that others than the one persisted upon may see; null until everybody was first
    /// counted. Kept until something changes. Cost: one look at everybody's sums, between two counts.
    /// </summary>
    public (long AsOfMs, IReadOnlyList<WarnedPeople> Warned)? WhoIsWarned(CancellationToken cancellation)
    {
        if (Totals is null) return null;
        while (!_counting.TryEnter(s_look)) cancellation.ThrowIfCancellationRequested();
        try
        {
            var totals = Totals;
            if (_warned is not { } known || known.Totals != totals) _warned = known = (totals, CountWarned(cancellation));
            return (known.Totals.AsOfMs, known.Warned);
        }
        finally
        {
            _counting.Exit();
        }
    }

    // Person by person: the sums are large, and are looked at once for all kinds.
    private WarnedPeople[] CountWarned(CancellationToken cancellation)
    {
        var kinds = Enum.GetValues<WarningKind>().Where(static kind => kind != WarningKind.UnwantedPersistence).ToArray();
        var people = new int[kinds.Length];
        var ties = new long[kinds.Length];
        var most = kinds.Select(static _ => new List<(int Person, int? Ties, double? Score)>(MaxNamed + 1)).ToArray();
        for (var person = 0; person < _sums.Length; person++)
        {
            if ((person & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            ref readonly var sum = ref _sums[person];
            for (var i = 0; i < kinds.Length; i++)
            {
                var warned = IsOfTie(kinds[i])
                    ? sum[kinds[i].CountedAs()] : _carried[person] >> (ArchetypeNames.All.Count + (int)kinds[i]) & 1;
                // Of somebody erased since there is nothing to say.
                if (warned == 0 || IdOf(person).Length == 0) continue;
                people[i]++;
                ties[i] += warned;
                Keep(most[i], IsOfTie(kinds[i])
                    ? (person, warned, null)
                    : (person, null, WarningRules.OfPerson(kinds[i]).Score(
                    in sum, new PersonFacts { ColdUnanswered = sum[HabitFact.ColdTies] }, options.Habits)));
            }
        }
        return [.. kinds.Select((kind, i) => new WarnedPeople(kind, people[i], IsOfTie(kind) ? ties[i] : null, most[i]))];
    }

    private static bool IsOfTie(WarningKind kind) => (int)kind < WarningNames.OfTies;

    private static void Keep(List<(int Person, int? Ties, double? Score)> most, (int Person, int? Ties, double? Score) one)
    {
        var rank = Rank(one);
        if (most.Count == MaxNamed && Rank(most[^1]) >= rank) return;
        var place = most.Count;
        while (place > 0 && Rank(most[place - 1]) < rank) place--;
        most.Insert(place, one);
        if (most.Count > MaxNamed) most.RemoveAt(MaxNamed);
    }

    private static double Rank((int Person, int? Ties, double? Score) one) => one.Ties ?? one.Score ?? 0;
}

using NetworkGraph.Engine.Groups;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics.Groups;

/// <summary>
/// How groups of people are tied to each other: by organisation, industry, role or tag of their profiles, as they are now.
/// Nothing is disclosed that rests on fewer than five people, or that such a figure could be worked out from.
/// </summary>
public sealed class GroupQueries(LiveNetwork network, ProfileStore profiles)
{
    /// <summary>What people can be grouped by; the first where nothing is said.</summary>
    public static readonly IReadOnlyList<string> Groupings = ["organisation", "industry", "role", "tag"];

    /// <summary>Of fewer people nothing is disclosed.</summary>
    private const int MinPeople = 5;

    private const int MaxGroups = 100;

    public async ValueTask<GroupsAnswer> GroupsAsync(string by, long? asOfMs, CancellationToken cancellation)
    {
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        return await Task.Run(() => Answer(by, snapshot, cancellation), cancellation);
    }

    private GroupsAnswer Answer(string by, NetworkSnapshot snapshot, CancellationToken cancellation)
    {
        var members = Members(by, snapshot);
        var overlapping = by == "tag";
        var large = members.Where(static group => group.Value.Count >= MinPeople)
            .OrderByDescending(static group => group.Value.Count).ThenBy(static group => group.Key, StringComparer.Ordinal).Take(
                MaxGroups).ToList();
        var others = large.Count;
        var numbers = new Dictionary<int, List<int>>();
        for (var number = 0; number < large.Count; number++)
            foreach (var person in large[number].Value) (numbers.TryGetValue(person, out var of) ? of : numbers[person] = []).Add(number);
        int[] inOthers = [others];
        var matrix = GroupMatrix.Count(
            snapshot, others + 1,
            person => numbers.TryGetValue(person, out var of) ? [.. of] : snapshot.Row(person).Count > 0 ? inOthers : [],
            cancellation);
        var left = LeftOut(matrix, overlapping, cancellation);
        var small = members.Where(static group => group.Value.Count < MinPeople).Select(static group => group.Key).Order(
            StringComparer.Ordinal).ToList();
        string? NameOf(int number) => number == others ? null : large[number].Key;
        return new GroupsAnswer
        {
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            By = by,
            Ties = matrix.Ties,
            SmallGroups = small.Count,
            Items =
            [
                .. Enumerable.Range(0, large.Count).Select(number => Group(matrix, number, NameOf(number), left, overlapping)),
                .. small.Take(MaxGroups).Select(
                    static name => new GroupAnswer { Group = name, Suppressed = true, People = null, TiesOut = null, TiesIn = null }),
                Group(matrix, others, null, left, overlapping),
            ],
            Cells = [.. Cells(matrix, NameOf, left, snapshot.StrengthFactor)],
        };
    }

    /// <summary>People with ties by the name of their group.</summary>
    private Dictionary<string, List<int>> Members(string by, NetworkSnapshot snapshot)
    {
        var members = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var person = 0; person < snapshot.People; person++)
        {
            if (snapshot.Row(person).Count == 0 || profiles.Of(person) is not { } profile) continue;
            foreach (var name in NamesOf(by, profile)) (members.TryGetValue(name, out var of) ? of : members[name] = []).Add(person);
        }
        return members;
    }

    private static IEnumerable<string> NamesOf(string by, Profile profile) => by switch
    {
        "industry" => Known(profile.Industry),
        "role" => Known(profile.Role),
        "tag" => profile.Tags.Distinct(StringComparer.Ordinal),
        _ => Known(profile.Organisation),
    };

    private static string[] Known(string? name) => string.IsNullOrEmpty(name) ? [] : [name];

    /// <summary>By cell of the matrix, totals last: what is not disclosed.</summary>
    private static bool[] LeftOut(GroupMatrix matrix, bool overlapping, CancellationToken cancellation)
    {
        var (groups, n) = (matrix.Groups, matrix.Groups + 1);
        var left = new bool[n * n];
        for (var from = 0; from < groups; from++)
        {
            // The others may be fewer than five people as well; or no one, and then there is nothing to hide.
            var isSmall = matrix.People[from] is > 0 and < MinPeople;
            if (isSmall) left[from * n + groups] = left[groups * n + from] = true;
            for (var to = 0; to < groups; to++)
            {
                ref readonly var cell = ref matrix[from, to];
                if (cell.Ties > 0 && (
                    isSmall || matrix.People[to] is > 0 and < MinPeople || cell.PeopleFrom < MinPeople || cell.PeopleTo < MinPeople))
                    left[from * n + to] = true;
            }
        }
        // People with several tags are counted several times, so cells and totals say nothing of each other, and totals are not disclosed.
        if (!overlapping) CellSuppression.Complete(groups, left, (from, to) => CostOf(matrix, from, to), cancellation);
        return left;
    }

    /// <summary>Cells without ties are left out first, then those of few; totals last.</summary>
    private static double CostOf(GroupMatrix matrix, int from, int to) =>
        from == matrix.Groups || to == matrix.Groups ? 1e9 : 1 + matrix[from, to].Ties;

    private static GroupAnswer Group(GroupMatrix matrix, int number, string? name, bool[] left, bool overlapping)
    {
        var (groups, n) = (matrix.Groups, matrix.Groups + 1);
        var isSmall = matrix.People[number] < MinPeople && matrix.People[number] > 0;
        return new GroupAnswer
        {
            Group = name,
            Suppressed = isSmall,
            People = isSmall ? null : matrix.People[number],
            TiesOut = isSmall || overlapping || left[number * n + groups] ? null : matrix.TiesOut[number],
            TiesIn = isSmall || overlapping || left[groups * n + number] ? null : matrix.TiesIn[number],
        };
    }

    private static IEnumerable<GroupCell> Cells(GroupMatrix matrix, Func<int, string?> nameOf, bool[] left, double factor)
    {
        var n = matrix.Groups + 1;
        for (var from = 0; from < matrix.Groups; from++)
        {
            for (var to = 0; to < matrix.Groups; to++)
            {
                var cell = matrix[from, to];
                var suppressed = left[from * n + to];
                if (cell.Ties == 0 && !suppressed) continue;
                yield return new GroupCell
                {
                    From = nameOf(from),
                    To = nameOf(to),
                    Suppressed = suppressed,
                    Ties = suppressed ? null : cell.Ties,
                    PeopleFrom = suppressed ? null : cell.PeopleFrom,
                    PeopleTo = suppressed ? null : cell.PeopleTo,
                    Strength = suppressed ? null : Math.Round(cell.Strength * factor, 3),
                    Reciprocated = suppressed ? null : Math.Round((double)cell.Reciprocated / cell.Ties, 4),
                };
            }
        }
    }
}

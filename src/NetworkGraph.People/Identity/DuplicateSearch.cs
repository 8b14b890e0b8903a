namespace NetworkGraph.People.Identity;

/// <summary>Two of the candidates (by index, the lower first) that may be one person, by which rule, and what it rests on.</summary>
public readonly record struct DuplicateLink(int One, int Other, DuplicateRule Rule, string Evidence);

/// <summary>
/// Problem: which ids may be one person's?
/// Method: candidates meet only in blocks (a name, a handle, what a name spells, a last name), so that not all pairs are looked
/// at. Each rule is a file of its own; a pair is linked by the surest rule that holds. An id seen under two names that do not go
/// together is more than one person's, and is linked by its names alone.
/// Preconditions: ids are canonical.
/// Cost: O(candidates + pairs within blocks).
/// Source: measured against the .mailmap files of public projects (load-tests/RESULTS.md).
/// </summary>
public static class DuplicateSearch
{
    private static readonly IDuplicateRule[] s_rules =
    [
        new SameMailboxRule(), new SameNameRule(), new SharedHandleRule(), new SpeltNameRule(), new LoneNameRule(), new MiddleNameRule(),
            new NicknameRule(),
    ];

    /// <summary>All links, the surest rules first, then by index.</summary>
    public static IReadOnlyList<DuplicateLink> Find(IReadOnlyList<DuplicateCandidate> candidates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var people = new DuplicatePeople(candidates);
        var links = new Dictionary<(int, int), DuplicateLink>();
        foreach (var found in s_rules)
        {
            cancellation.ThrowIfCancellationRequested();
            found.Find(people, (one, other, rule, evidence) =>
            {
                var pair = (Math.Min(one, other), Math.Max(one, other));
                if (!links.TryGetValue(pair, out var known) || rule < known.Rule)
                    links[pair] = new DuplicateLink(pair.Item1, pair.Item2, rule, evidence);
            });
        }
        return [.. links.Values.OrderBy(static link => link.Rule).ThenBy(static link => link.One).ThenBy(static link => link.Other)];
    }

    /// <summary>
    /// The people that the links make, were all taken: for each candidate the number of its cluster. A link between clusters is
    /// passed over where an address of the one and an address of the other have full names that do not go together; a handle and
    /// names that go together outweigh that where most do.
    /// </summary>
    public static int[] Cluster(IReadOnlyList<DuplicateCandidate> candidates, IReadOnlyList<DuplicateLink> links)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(links);
        var people = new DuplicatePeople(candidates);
        var parent = Enumerable.Range(0, people.Count).ToArray();
        var named = parent.Select(index => people[index].Full.Count > 0 ? new List<int> { index } : []).ToArray();
        foreach (var link in links)
        {
            var (one, other) = (Root(link.One), Root(link.Other));
            if (one == other) continue;
            var apart = named[one].Sum(first => named[other].Count(second => !DuplicatePeople.GoTogether(people[first], people[second])));
            if (apart > 0 && (link.Rule is not DuplicateRule.HandleAndName || apart * 2 > named[one].Count * named[other].Count)) continue;
            parent[one] = other;
            named[other].AddRange(named[one]);
        }
        return [.. Enumerable.Range(0, people.Count).Select(Root)];

        int Root(int index)
        {
            while (parent[index] != index) index = parent[index] = parent[parent[index]];
            return index;
        }
    }
}

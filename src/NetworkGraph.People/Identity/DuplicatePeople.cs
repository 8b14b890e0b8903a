namespace NetworkGraph.People.Identity;

/// <summary>
/// The candidates of one search by what their ids and names say, and the blocks in which they meet, so that not all pairs are
/// looked at. A block so large that it distinguishes no one is passed over.
/// </summary>
internal sealed class DuplicatePeople
{
    /// <summary>A word that more people have than this distinguishes none of them.</summary>
    public const int MaxWithWord = 40;

    /// <summary>A name that hundreds have says nothing of two of them.</summary>
    private const int MaxInBlock = 8 * MaxWithWord;

    private readonly List<DuplicatePerson> _people;

    /// <summary>
    /// A name that no other id has distinguishes no one: an address seen under one beside a name that others have too changed it,
    /// and goes by the latter.
    /// </summary>
    public DuplicatePeople(IReadOnlyList<DuplicateCandidate> candidates)
    {
        _people = [.. candidates.Select(static candidate => new DuplicatePerson(candidate))];
        var shared = _people.SelectMany(static person => person.Full.Select(NameForms.Sorted).Distinct(StringComparer.Ordinal))
            .GroupBy(static name => name, StringComparer.Ordinal).Where(static names => names.Count() > 1).Select(static names => names.Key)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var person in _people)
        {
            if (person.IsMany && person.Full.Exists(name => shared.Contains(NameForms.Sorted(name))))
                person.Keep(name => shared.Contains(NameForms.Sorted(name)));
        }
    }

    public int Count => _people.Count;

    public DuplicatePerson this[int index] => _people[index];

    /// <summary>The full name of a person, or the id of one who has none.</summary>
    public string NameOf(int person) => _people[person].Full.Count > 0 ? string.Join(' ', _people[person].Full[0]) : _people[person].Id;

    /// <summary>Everybody by their keys.</summary>
    public Dictionary<string, List<int>> Blocks(Func<DuplicatePerson, IEnumerable<string>> keysOf)
    {
        var blocks = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var person = 0; person < _people.Count; person++)
        {
            foreach (var key in keysOf(_people[person]).Distinct(StringComparer.Ordinal))
            {
                if (!blocks.TryGetValue(key, out var block)) blocks.Add(key, block = []);
                block.Add(person);
            }
        }
        return blocks;
    }

    /// <summary>Every full name by its keys; of a key that too many have, the first of them.</summary>
    public Dictionary<string, List<DuplicateName>> Names(Func<string[], IEnumerable<string>> keysOf)
    {
        var names = new Dictionary<string, List<DuplicateName>>(StringComparer.Ordinal);
        for (var person = 0; person < _people.Count; person++)
        {
            foreach (var name in _people[person].Full)
            {
                foreach (var key in keysOf(name))
                {
                    if (!names.TryGetValue(key, out var all)) names.Add(key, all = []);
                    if (all.Count <= MaxWithWord) all.Add(new DuplicateName(person, name));
                }
            }
        }
        return names;
    }

    /// <summary>All pairs of a block, unless it is too large.</summary>
    public static void Pairs(List<int> block, Action<int, int> visit)
    {
        if (block.Count > MaxInBlock) return;
        for (var i = 1; i < block.Count; i++)
            for (var j = 0; j < i; j++) visit(block[j], block[i]);
    }

    /// <summary>Whether all the names may be one person's. Names of one address are.</summary>
    public static bool AreOne(List<DuplicateName> all)
    {
        for (var i = 1; i < all.Count; i++)
        {
            for (var j = 0; j < i; j++)
                if (all[i].Person != all[j].Person && !NameForms.AreCompatible(all[i].Words, all[j].Words)) return false;
        }
        return true;
    }

    /// <summary>Whether a full name of the one and a full name of the other may be one person's.</summary>
    public static bool GoTogether(DuplicatePerson one, DuplicatePerson other) =>
        one.Full.Exists(name => other.Full.Exists(second => NameForms.AreCompatible(name, second)));
}

/// <summary>A full name and who has it.</summary>
internal readonly record struct DuplicateName(int Person, string[] Words);

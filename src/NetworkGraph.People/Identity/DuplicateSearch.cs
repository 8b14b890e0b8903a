using System.Globalization;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Identity;

/// <summary>An id with the names it was seen under.</summary>
public sealed record DuplicateCandidate(string Id, IReadOnlyList<string> Names);

/// <summary>Two of the candidates (by index, the lower first) that may be one person, by which rule, and what it rests on.</summary>
public readonly record struct DuplicateLink(int One, int Other, DuplicateRule Rule, string Evidence);

/// <summary>
/// Problem: which ids may be one person's?
/// Method: candidates meet only in blocks (a name, a handle, what a name spells, a last name), so that not all pairs are
/// looked at; blocks so large that they distinguish no one are passed over. A pair is linked by the surest rule that holds.
/// An id seen under two names that do not go together is more than one person's, and is linked by its names alone.
/// Preconditions: ids are canonical.
/// Cost: O(candidates + pairs within blocks).
/// Source: measured against the .mailmap files of public projects (load-tests/RESULTS.md).
/// </summary>
public sealed class DuplicateSearch
{
    private const int MaxWithHandle = 12;
    private const int MaxWithWord = 40;
    private const int MinHandle = 3;
    private const int SureHandle = 6;
    private const string CodeHost = "users.noreply.github.com";

    private readonly List<Person> _people = [];
    private readonly Dictionary<(int, int), DuplicateLink> _links = [];

    private DuplicateSearch(IReadOnlyList<DuplicateCandidate> candidates)
    {
        foreach (var candidate in candidates) _people.Add(new Person(candidate));
    }

    /// <summary>All links, the surest rules first, then by index.</summary>
    public static IReadOnlyList<DuplicateLink> Find(IReadOnlyList<DuplicateCandidate> candidates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var search = new DuplicateSearch(candidates);
        search.LinkNames();
        cancellation.ThrowIfCancellationRequested();
        search.LinkHandles();
        cancellation.ThrowIfCancellationRequested();
        search.LinkSpelt();
        cancellation.ThrowIfCancellationRequested();
        search.LinkNicknames();
        return [.. search._links.Values.OrderBy(static link => link.Rule).ThenBy(static link => link.One).ThenBy(static link => link.Other)];
    }

    /// <summary>
    /// The people that the links make, were all taken: for each candidate the number of its cluster. Clusters under names that
    /// do not go together are kept apart.
    /// </summary>
    public static int[] Cluster(IReadOnlyList<DuplicateCandidate> candidates, IReadOnlyList<DuplicateLink> links)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(links);
        var people = candidates.Select(static candidate => new Person(candidate)).ToList();
        var parent = Enumerable.Range(0, people.Count).ToArray();
        var names = people.Select(static person => new List<string[]>(person.Full)).ToArray();
        foreach (var link in links)
        {
            var (one, other) = (Root(link.One), Root(link.Other));
            if (one == other) continue;
            var apart = names[one].Sum(name => names[other].Count(second => !NameForms.AreCompatible(name, second)));
            if (apart > 0 && (link.Rule is not DuplicateRule.HandleAndName || apart * 2 > names[one].Count * names[other].Count)) continue;
            parent[one] = other;
            foreach (var name in names[one])
                if (!names[other].Exists(known => known.SequenceEqual(name))) names[other].Add(name);
        }
        return [.. Enumerable.Range(0, people.Count).Select(Root)];

        int Root(int index)
        {
            while (parent[index] != index) index = parent[index] = parent[parent[index]];
            return index;
        }
    }

    private void LinkNames()
    {
        foreach (var (name, people) in Blocks(static person => person.Full.Select(static words => string.Join(' ', words.Order(StringComparer.Ordinal)))))
        {
            var rule = name.Count(' ') >= 2 ? DuplicateRule.SameLongName : DuplicateRule.SameName;
            Pairs(people, (one, other) => Link(one, other, rule, $"both are called {NameOf(one)}"));
        }
        foreach (var (_, people) in Blocks(static person => person.Full.Select(static words => string.Concat(words))))
            Pairs(people, (one, other) => Link(one, other, DuplicateRule.SameName, $"{NameOf(one)} and {NameOf(other)} are one name"));
    }

    private void LinkHandles()
    {
        var firstNames = _people.SelectMany(static person => person.Full).Select(static name => name[0]).ToHashSet(StringComparer.Ordinal);
        foreach (var (handle, people) in Blocks(static person => person.Handles))
        {
            if (people.Count > MaxWithHandle) continue;
            Pairs(people, (one, other) =>
            {
                var (a, b) = (_people[one], _people[other]);
                var evidence = $"both go by {handle}";
                if (a.Full.Count > 0 && b.Full.Count > 0)
                {
                    if (GoTogether(a, b)) Link(one, other, DuplicateRule.HandleAndName, $"{evidence}, and {NameOf(one)} and {NameOf(other)} go together");
                    return;
                }
                // A first name is no handle, and a short word in an address is most often a first name too.
                if (firstNames.Contains(handle) || a.IsMany || b.IsMany) return;
                var isInNames = a.OneWords.Contains(handle) && b.OneWords.Contains(handle);
                if (handle.Length < SureHandle && !isInNames && (a.OneWords.Contains(handle) || b.OneWords.Contains(handle))) return;
                Link(one, other, DuplicateRule.SharedHandle, evidence);
            });
        }
    }

    private void LinkSpelt()
    {
        var spelling = new Dictionary<string, List<(int Person, string[] Name)>>(StringComparer.Ordinal);
        for (var person = 0; person < _people.Count; person++)
        {
            foreach (var name in _people[person].Full)
            {
                foreach (var handle in NameForms.Spelt(name))
                {
                    if (!spelling.TryGetValue(handle, out var all)) spelling.Add(handle, all = []);
                    if (all.Count <= MaxWithWord) all.Add((person, name));
                }
            }
        }
        for (var one = 0; one < _people.Count; one++)
        {
            foreach (var handle in _people[one].Spellings)
            {
                // Several people whose names spell it are no evidence for any of them.
                if (!spelling.TryGetValue(handle, out var all) || all.Count > MaxWithWord || !AreOne(all)) continue;
                foreach (var (other, name) in all)
                {
                    if (other == one) continue;
                    var evidence = $"{handle} spells {string.Join(' ', name)}";
                    if (_people[one].Full.Count == 0)
                    {
                        if (!_people[one].IsMany && !_people[other].IsMany) Link(one, other, DuplicateRule.SpeltName, evidence);
                    }
                    else if (GoTogether(_people[one], _people[other]))
                    {
                        Link(one, other, DuplicateRule.SpeltAndName, $"{evidence}, and {NameOf(one)} and {NameOf(other)} go together");
                    }
                }
            }
        }
    }

    private void LinkNicknames()
    {
        foreach (var (word, people) in Blocks(static person => person.Full.SelectMany(static name => new[] { name[0], name[^1] }).Where(static end => end.Length > 2)))
        {
            if (people.Count > MaxWithWord) continue;
            var names = people.SelectMany(person => _people[person].Full).Where(name => name.Contains(word, StringComparer.Ordinal)).ToList();
            Pairs(people, (one, other) =>
            {
                foreach (var a in _people[one].Full)
                    foreach (var b in _people[other].Full)
                        if (a.Contains(word, StringComparer.Ordinal) && b.Contains(word, StringComparer.Ordinal) && AreVariants(a, b, names))
                            Link(one, other, DuplicateRule.NicknameOrInitial, $"{string.Join(' ', a)} and {string.Join(' ', b)} may be forms of one name");
            });
        }
    }

    private static bool AreVariants(string[] one, string[] other, List<string[]> names)
    {
        if (one.ToHashSet(StringComparer.Ordinal).SetEquals(other)) return false;
        // A middle name left out.
        if (one[0] == other[0] && one[^1] == other[^1] && one.Length != other.Length) return true;
        if (one[^1] != other[^1] || !NameForms.MayBeFirst(one[0], other[0])) return false;
        if (one[0].Length > 1 && other[0].Length > 1) return true;
        // An initial stands for no one where several people have it.
        var rivals = names.Where(name => name[^1] == one[^1] && name[0].Length > 1 && name[0][0] == one[0][0]).Select(static name => name[0]).Distinct(StringComparer.Ordinal).ToList();
        return rivals.TrueForAll(first => rivals.TrueForAll(second => NameForms.MayBeFirst(first, second)));
    }

    private static bool AreOne(List<(int Person, string[] Name)> all)
    {
        for (var i = 1; i < all.Count; i++)
            for (var j = 0; j < i; j++)
                if (!NameForms.AreCompatible(all[i].Name, all[j].Name)) return false;
        return true;
    }

    private static bool GoTogether(Person one, Person other) => one.Full.Exists(name => other.Full.Exists(second => NameForms.AreCompatible(name, second)));

    private Dictionary<string, List<int>> Blocks(Func<Person, IEnumerable<string>> keysOf)
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

    private static void Pairs(List<int> people, Action<int, int> visit)
    {
        // A name that hundreds have says nothing of two of them.
        if (people.Count > 8 * MaxWithWord) return;
        for (var i = 1; i < people.Count; i++)
            for (var j = 0; j < i; j++) visit(people[j], people[i]);
    }

    private void Link(int one, int other, DuplicateRule rule, string evidence)
    {
        var pair = (Math.Min(one, other), Math.Max(one, other));
        if (!_links.TryGetValue(pair, out var known) || rule < known.Rule) _links[pair] = new DuplicateLink(pair.Item1, pair.Item2, rule, evidence);
    }

    private string NameOf(int person) => _people[person].Full.Count > 0 ? string.Join(' ', _people[person].Full[0]) : _people[person].Id;

    private sealed class Person
    {
        public Person(DuplicateCandidate candidate)
        {
            Id = candidate.Id;
            foreach (var name in candidate.Names)
            {
                var words = NameForms.Words(name);
                if (words.Length == 0) continue;
                if (NameForms.IsHandle(name) || words.Length == 1)
                {
                    if (string.Concat(words) is { Length: > 3 } word) OneWords.Add(word);
                }
                else if (!Full.Exists(known => known.SequenceEqual(words)))
                {
                    Full.Add(words);
                }
            }
            IsMany = Full.Exists(name => Full.Exists(other => !NameForms.AreCompatible(name, other)));
            var at = Id.LastIndexOf('@');
            var local = NameForms.Folded(at < 0 ? Id : Id[..at]);
            // Accounts of a code host stand behind their number.
            if (at >= 0 && Id.EndsWith(CodeHost, StringComparison.Ordinal)) local = local[(local.LastIndexOf('+') + 1)..];
            else if (local.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus) local = local[..plus];
            var slash = local.LastIndexOf('/');
            if (slash >= 0) local = local[(slash + 1)..];
            var bare = NameForms.Bare(local);
            Handles.UnionWith(OneWords);
            if (bare.Length >= MinHandle && !IsCommon(local)) Handles.Add(bare);
            foreach (var handle in Handles.Append(bare))
            {
                if (IsCommon(handle)) continue;
                if (handle.Length >= 4) Spellings.Add(handle);
                if (handle.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is { Length: >= 4 } word) Spellings.Add(word);
            }
        }

        public string Id { get; }

        public List<string[]> Full { get; } = [];

        /// <summary>Names of one word, and handles given as names.</summary>
        public HashSet<string> OneWords { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Handles { get; } = new(StringComparer.Ordinal);

        /// <summary>The handles as names may spell them: also without a number at the end.</summary>
        public HashSet<string> Spellings { get; } = new(StringComparer.Ordinal);

        /// <summary>Seen under names that do not go together.</summary>
        public bool IsMany { get; }

        /// <summary>Digits alone, a shared desk, or what people call their own machine's account.</summary>
        private static bool IsCommon(string handle) =>
            !handle.AsSpan().ContainsAnyExceptInRange('0', '9') || handle is "root" or "git" or "github" or "me" or "user" or "test" or "email" or "none" or "nobody" or "localhost"
                or "dev" or "developer" or "work" or "code" or "build" or "bot" or "you" or "name" or "your" or "linux"
            || EntityRules.Of(string.Create(CultureInfo.InvariantCulture, $"{handle}@x")).Kind is not EntityKind.Person;
    }
}

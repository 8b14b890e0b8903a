using System.Collections.Concurrent;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Profiles;

/// <summary>
/// Profiles by person number, and search over them. One writer (the fold); any number of readers. Organisations, roles
/// and tags are matched whole, names by any part, all without regard to case.
/// </summary>
public sealed class ProfileStore
{
    /// <summary>People are in blocks of two to the power of this; changes are counted by block.</summary>
    internal const int BlockBits = 12;

    /// <summary>By the number that stands for the person: what the profiles of all their ids say together.</summary>
    private readonly ConcurrentDictionary<int, Profile> _profiles = new();

    /// <summary>By the number of the id they were set on.</summary>
    private readonly ConcurrentDictionary<int, Profile> _own = new();

    /// <summary>By each number of a person with several ids: all of them, the canonical one first, and its id.</summary>
    private readonly Dictionary<int, (int[] Numbers, string Canonical)> _groups = [];
    private readonly Dictionary<int, List<long>> _positions = [];
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<int, byte>> _byTerm = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<int, byte> _closed = new();
    private int _closedChanges;
    private int _changes;
    private int[] _changesIn = [];

    public int Count => _profiles.Count;

    /// <summary>How often a profile was put or removed: what is made of many profiles is kept under it.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>Numbers of the people who are not open to introductions, as they are now.</summary>
    public ICollection<int> Closed => _closed.Keys;

    /// <summary>How often somebody's openness to introductions has changed.</summary>
    public int ClosedChanges => Volatile.Read(ref _closedChanges);

    public Profile? Of(int person) => _profiles.GetValueOrDefault(person);

    /// <summary>What was set on one id, not what is said of its person by all ids together.</summary>
    public Profile? OwnOf(int number) => _own.GetValueOrDefault(number);

    /// <summary>All profiles as they were set, with all their positions. Only for the one writer.</summary>
    public IReadOnlyList<StoredProfile> All() => [.. _own.Select(p => new StoredProfile(p.Value, [.. PositionsOf(p.Key)]))];

    /// <summary>Puts the profile of an id, which stands at <paramref name="position"/> of the log.</summary>
    public void Put(int person, Profile profile, long position)
    {
        if (!_positions.TryGetValue(person, out var positions)) _positions[person] = positions = [];
        positions.Add(position);
        _own[person] = profile;
        Show(person);
    }

    /// <summary>
    /// Takes over who is who: the numbers of each person concerned, the canonical one first. Profiles stay with the ids they
    /// were set on; the person's is read field by field from the newest set by hand that says something, else the newest imported.
    /// </summary>
    public void Identify(IReadOnlyList<int[]> people, PersonIds ids)
    {
        foreach (var numbers in people)
        {
            foreach (var number in numbers)
            {
                _groups.Remove(number);
                if (numbers.Length > 1) _groups[number] = (numbers, ids[numbers[0]]);
                if (number != numbers[0]) Show(number, null);
            }
            Show(numbers[0]);
        }
    }

    private void Show(int person)
    {
        if (!_groups.TryGetValue(person, out var group)) Show(person, _own.GetValueOrDefault(person));
        else Show(group.Numbers[0], Together(group.Numbers, group.Canonical));
    }

    private void Show(int person, Profile? profile)
    {
        if (_profiles.TryGetValue(person, out var before)) Unindex(person, before);
        else if (profile is null) return;
        if (profile is null)
        {
            _profiles.TryRemove(person, out _);
        }
        else
        {
            _profiles[person] = profile;
            foreach (var term in TermsOf(profile)) _byTerm.GetOrAdd(term, static _ => new())[person] = 0;
        }
        SetClosed(person, profile is { OpenToIntroductions: false });
        CountChange(person);
    }

    /// <summary>Open to introductions is only who is so by all ids.</summary>
    private Profile? Together(int[] numbers, string canonical)
    {
        Profile[] newestFirst =
        [
            .. numbers.Where(_own.ContainsKey).OrderBy(number => _own[number].IsImported).ThenByDescending(
                number => _positions[number][^1]).Select(number => _own[number]),
        ];
        if (newestFirst.Length == 0) return null;
        return new Profile
        {
            Id = canonical,
            Name = First(static p => p.Name),
            Organisation = First(static p => p.Organisation),
            Role = First(static p => p.Role),
            Industry = First(static p => p.Industry),
            Offers = List(static p => p.Offers),
            Audience = List(static p => p.Audience),
            Tags = List(static p => p.Tags),
            Entity = newestFirst.Select(static p => p.Entity).FirstOrDefault(static entity => entity is not null),
            OpenToIntroductions = newestFirst.All(static p => p.OpenToIntroductions),
        };

        string? First(Func<Profile, string?> field) => newestFirst.Select(field).FirstOrDefault(static text => text is not null);

        string[] List(Func<Profile, string[]> field) => newestFirst.Select(field).FirstOrDefault(static list => list.Length > 0) ?? [];
    }

    /// <summary>Where in the log the person's profiles stand, the current one and those before it. Only for the one writer.</summary>
    public IReadOnlyList<long> PositionsOf(int person) => _positions.GetValueOrDefault(person) ?? [];

    /// <summary>Removes the profiles that stand at these positions of the log, and says whether there were any.</summary>
    public bool RemoveAt(IReadOnlySet<long> positions)
    {
        var gone = _positions.Where(stored => stored.Value.Exists(positions.Contains)).Select(static stored => stored.Key).ToArray();
        foreach (var person in gone) Remove(person);
        return gone.Length > 0;
    }

    /// <summary>Removes the profile of an id.</summary>
    public void Remove(int person)
    {
        _positions.Remove(person);
        _own.TryRemove(person, out _);
        Show(person);
    }

    /// <summary>
    /// People (with a profile) whom the filter matches, by id (ordinal), after <paramref name="afterId"/>, at most
    /// <paramref name="limit"/>.
    /// </summary>
    public IReadOnlyList<Profile> Search(PersonFilter filter, string? afterId, int limit, CancellationToken cancellation)
    {
        // A bounded heap of the smallest ids: the page costs memory for itself, not for all that match.
        var page = new PriorityQueue<Profile, string>(Comparer<string>.Create(static (a, b) => string.CompareOrdinal(b, a)));
        foreach (var person in Candidates(filter))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Of(person) is not { } profile || !filter.Matches(profile)) continue;
            if (afterId is not null && string.CompareOrdinal(profile.Id, afterId) <= 0) continue;
            if (page.Count < limit) page.Enqueue(profile, profile.Id);
            else page.EnqueueDequeue(profile, profile.Id);
        }
        var found = new Profile[page.Count];
        for (var i = found.Length - 1; i >= 0; i--) found[i] = page.Dequeue();
        return found;
    }

    /// <summary>Numbers of all people whom the filter matches, ascending.</summary>
    public int[] Matching(PersonFilter filter)
    {
        var matching = Candidates(filter).Where(person => Of(person) is { } profile && filter.Matches(profile)).ToArray();
        Array.Sort(matching);
        return matching;
    }

    /// <summary>
    /// Who is served, and by how many people with a profile; most first, then by name. Whatever the case it is written in.
    /// </summary>
    public IReadOnlyList<(string Audience, int People)> Audiences() =>
    [
        .. _byTerm.Where(static term => term.Key.StartsWith(PersonFilter.AudiencePrefix, StringComparison.Ordinal) && !term.Value.IsEmpty)
            .Select(static term => (Audience: term.Key[PersonFilter.AudiencePrefix.Length..], People: term.Value.Count))
            .OrderByDescending(static audience => audience.People).ThenBy(static audience => audience.Audience, StringComparer.Ordinal),
    ];

    private IEnumerable<int> Candidates(PersonFilter filter)
    {
        if (filter.Among is { } among) return among;
        ConcurrentDictionary<int, byte>? smallest = null;
        foreach (var term in filter.Terms)
        {
            if (!_byTerm.TryGetValue(term, out var people)) return [];
            if (smallest is null || people.Count < smallest.Count) smallest = people;
        }
        // One after the other: Keys would copy them all.
        return smallest is null ? _profiles.Select(static profile => profile.Key) : smallest.Select(static person => person.Key);
    }

    /// <summary>How often a profile of a person in the block was put or removed.</summary>
    internal int ChangesIn(int block)
    {
        var changes = Volatile.Read(ref _changesIn);
        return block < changes.Length ? Volatile.Read(ref changes[block]) : 0;
    }

    private void CountChange(int person)
    {
        Interlocked.Increment(ref _changes);
        var block = person >> BlockBits;
        var changes = _changesIn;
        if (block >= changes.Length)
        {
            Array.Resize(ref changes, Math.Max(block + 1, 2 * changes.Length));
            Volatile.Write(ref _changesIn, changes);
        }
        Volatile.Write(ref changes[block], changes[block] + 1);
    }

    private void Unindex(int person, Profile profile)
    {
        foreach (var term in TermsOf(profile))
            if (_byTerm.TryGetValue(term, out var people)) people.TryRemove(person, out _);
    }

    private void SetClosed(int person, bool closed)
    {
        if (closed ? _closed.TryAdd(person, 0) : _closed.TryRemove(person, out _)) Interlocked.Increment(ref _closedChanges);
    }

    private static IEnumerable<string> TermsOf(Profile profile)
    {
        if (profile.Organisation is { } organisation) yield return PersonFilter.OrganisationTerm(organisation);
        if (profile.Role is { } role) yield return PersonFilter.RoleTerm(role);
        foreach (var tag in profile.Tags) yield return PersonFilter.TagTerm(tag);
        foreach (var audience in profile.Audience) yield return PersonFilter.AudienceTerm(audience);
    }
}

/// <summary>A profile, and where in the log it and those before it stand, oldest first.</summary>
public sealed record StoredProfile(Profile Profile, long[] Positions);

/// <summary>Which people are meant; every part that is given must match.</summary>
[GenerateSerializer, Immutable]
public sealed record PersonFilter
{
    /// <summary>A part of the id, of the name or of the organisation.</summary>
    [Id(0)] public string? Query { get; init; }

    [Id(1)] public string? Organisation { get; init; }

    [Id(2)] public string? Role { get; init; }

    [Id(3)] public string? Tag { get; init; }

    /// <summary>One of those they serve.</summary>
    [Id(4)] public string? Audience { get; init; }

    /// <summary>Only these people, by number.</summary>
    [Id(5)] public IReadOnlySet<int>? Among { get; init; }

    public bool IsEmpty => Query is null && Organisation is null && Role is null && Tag is null && Audience is null && Among is null;

    /// <summary>Whether something must match that only profiles say.</summary>
    internal bool IsOfProfiles => Organisation is not null || Role is not null || Tag is not null || Audience is not null;

    internal IEnumerable<string> Terms
    {
        get
        {
            if (Organisation is not null) yield return OrganisationTerm(Organisation);
            if (Role is not null) yield return RoleTerm(Role);
            if (Tag is not null) yield return TagTerm(Tag);
            if (Audience is not null) yield return AudienceTerm(Audience);
        }
    }

    internal bool Matches(Profile profile) =>
        (Query is null || Contains(profile.Id, Query) || Contains(profile.Name, Query) || Contains(profile.Organisation, Query))
        && (Organisation is null || Same(profile.Organisation, Organisation))
        && (Role is null || Same(profile.Role, Role))
        && (Tag is null || profile.Tags.Any(tag => Same(tag, Tag)))
        && (Audience is null || profile.Audience.Any(audience => Same(audience, Audience)));

    internal const string AudiencePrefix = "a:";

    internal static string OrganisationTerm(string organisation) => "o:" + organisation;

    internal static string RoleTerm(string role) => "r:" + role;

    internal static string TagTerm(string tag) => "t:" + tag;

    internal static string AudienceTerm(string audience) => AudiencePrefix + audience;

    private static bool Same(string? a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string? text, string part) => text is not null && text.Contains(part, StringComparison.OrdinalIgnoreCase);
}

using NetworkGraph.Events.Records;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Profiles;

/// <summary>
/// Search over everyone who is known: who took part in an interaction, was named in one, or has a profile.
/// Method: people in blocks of consecutive numbers, each with its texts in order of id (<see cref="PeopleText"/>), made
/// when first searched and anew when somebody of the block came or changed. A page is the smallest ids that the blocks
/// give, in a heap as large as the page.
/// Cost: O(bytes of texts) for a text that few have, O(blocks · page) for one that many have or for none.
/// Memory: some 50 bytes a person, once somebody has searched. Any number of readers at once.
/// </summary>
public sealed class PeopleSearch(PersonDirectory people, ProfileStore profiles)
{
    private readonly CloseNames _close = new(people, profiles);
    private readonly Lock _gate = new();
    private PeopleText?[] _blocks = [];

    /// <summary>Bytes that the texts take.</summary>
    public long Bytes => Volatile.Read(ref _blocks).Sum(static block => block?.Bytes ?? 0);

    /// <summary>
    /// People whom the filter matches, by id (ordinal), after <paramref name="afterId"/>, at most <paramref name="limit"/>;
    /// of those without a profile there is the id alone.
    /// </summary>
    public IReadOnlyList<Profile> Find(PersonFilter filter, string? afterId, int limit, CancellationToken cancellation)
    {
        if (filter.Among is { } among) return FindAmong(among, filter, afterId, limit);
        // Organisations, roles and tags are known of profiles only, which have an index of them.
        if (filter.IsOfProfiles) return profiles.Search(filter, afterId, limit, cancellation);
        var folded = PeopleText.Folded(filter.Query);
        var page = new PriorityQueue<Profile, string>(limit + 1, Comparer<string>.Create(static (a, b) => string.CompareOrdinal(b, a)));
        var count = people.Count;
        for (var block = 0; block << ProfileStore.BlockBits < count; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            BlockAt(block, count).Find(folded, afterId, number =>
            {
                var id = people.Ids[number];
                if (page.Count == limit && page.TryPeek(out _, out var last) && string.CompareOrdinal(id, last) > 0) return false;
                var profile = profiles.Of(number) ?? new Profile { Id = id };
                // Erased meanwhile, or called otherwise by now.
                if (id.Length == 0 || people.IsAlias(number) || people.IsHidden(number) || !filter.Matches(profile)) return true;
                if (page.Count < limit) page.Enqueue(profile, id);
                else page.EnqueueDequeue(profile, id);
                return true;
            });
        }
        var found = new Profile[page.Count];
        for (var i = found.Length - 1; i >= 0; i--) found[i] = page.Dequeue();
        return found;
    }

    /// <summary>
    /// People whose name and organisation hold all words of the query, in any order, without accents, each with one wrong letter at
    /// most; the
    /// closest first, at most <paramref name="limit"/>. For when <see cref="Find"/> finds nobody.
    /// </summary>
    public IReadOnlyList<Profile> FindClose(PersonFilter filter, int limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Query is not { } query) return [];
        var rest = filter with { Query = null };
        return [.. _close.Find(query, IsMeant, limit, cancellation).Select(profiles.Of).OfType<Profile>()];

        bool IsMeant(int number) => profiles.Of(number) is { } profile && (filter.Among is not { } among || among.Contains(number))
            && people.Ids[number].Length > 0 && !people.IsAlias(number) && !people.IsHidden(number) && rest.Matches(profile);
    }

    /// <summary>Forgets all texts: after somebody was erased, whose were among them.</summary>
    public void Forget()
    {
        lock (_gate) Volatile.Write(ref _blocks, []);
        _close.Forget();
    }

    private Profile[] FindAmong(IReadOnlySet<int> among, PersonFilter filter, string? afterId, int limit)
    {
        var found = new List<Profile>(among.Count);
        foreach (var number in among)
        {
            var id = people.Ids[number];
            if (id.Length == 0 || people.IsHidden(number) || (afterId is not null && string.CompareOrdinal(id, afterId) <= 0)) continue;
            var profile = profiles.Of(number) ?? new Profile { Id = id };
            if (filter.Matches(profile)) found.Add(profile);
        }
        found.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        return [.. found.Take(limit)];
    }

    private PeopleText BlockAt(int block, int count)
    {
        var first = block << ProfileStore.BlockBits;
        var size = Math.Min(count - first, 1 << ProfileStore.BlockBits);
        if (Known(block, size) is { } known) return known;
        // A search at the same time waits for one block and not for all, and finds what the other has made.
        lock (_gate)
        {
            if (Known(block, size) is { } made) return made;
            var blocks = _blocks;
            if (block >= blocks.Length)
            {
                Array.Resize(ref blocks, block + 1);
                Volatile.Write(ref _blocks, blocks);
            }
            var text = PeopleText.Of(people.Ids, profiles, first, size, profiles.ChangesIn(block));
            Volatile.Write(ref blocks[block], text);
            return text;
        }
    }

    private PeopleText? Known(int block, int size)
    {
        var blocks = Volatile.Read(ref _blocks);
        return block < blocks.Length && Volatile.Read(ref blocks[block]) is { } text && text.People >= size
            && text.ProfileChanges == profiles.ChangesIn(block)
            ? text
            : null;
    }
}

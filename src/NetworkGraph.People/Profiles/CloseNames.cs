using System.Collections.Concurrent;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Identity;

namespace NetworkGraph.People.Profiles;

/// <summary>
/// Problem: whose name and organisation hold all words that were typed, in any order, without accents, each with at most one wrong,
/// missing,
/// additional or swapped letter?
/// Method: one vocabulary of folded words for everyone, that only grows, found by what is left when one letter is taken away (of a word
/// and of what
/// was typed; Garbe's symmetric deletion); people in blocks of consecutive numbers, each with its words in order of number and who has
/// them, made when
/// first searched and anew when somebody of the block came or changed.
/// Preconditions: whoever uses what is found looks it up anew, since a profile may have changed and a person been erased.
/// Cost: O(length) lookups a typed word for the vocabulary, then O(blocks · candidates · log words of a block).
/// Memory: some 30 bytes a person and 200 a distinct word, once somebody has searched so. Any number of readers at once.
/// </summary>
internal sealed class CloseNames(PersonDirectory people, ProfileStore profiles)
{
    private const int MaxWords = 6;
    private const int MinTypoLength = 3;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]> _byShortened = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private Block?[] _blocks = [];

    /// <summary>People's numbers, the closest first, then by id; at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<int> Find(string query, Func<int, bool> isMeant, int limit, CancellationToken cancellation)
    {
        var typed = WordsOf(query).Take(MaxWords).ToArray();
        var count = people.Count;
        // Blocks first: what they bring into the vocabulary is to be found.
        var blocks = new List<(int First, Block Block)>();
        for (var block = 0; block << ProfileStore.BlockBits < count; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            blocks.Add((block << ProfileStore.BlockBits, BlockAt(block, count)));
        }
        if (typed.Length == 0 || limit <= 0) return [];
        var candidates = Array.ConvertAll(typed, Candidates);
        if (Array.Exists(candidates, static of => of.Length == 0)) return [];
        var found = new List<(double Distance, string Id, int Number)>();
        var distances = new Dictionary<int, double[]>();
        foreach (var (first, block) in blocks)
        {
            cancellation.ThrowIfCancellationRequested();
            distances.Clear();
            for (var word = 0; word < typed.Length; word++)
            {
                foreach (var (number, distance) in candidates[word])
                {
                    foreach (var offset in block.With(number))
                    {
                        if (!distances.TryGetValue(offset, out var of))
                        {
                            if (word > 0) continue;
                            distances.Add(offset, of = new double[typed.Length]);
                            Array.Fill(of, double.PositiveInfinity);
                        }
                        of[word] = Math.Min(of[word], distance);
                    }
                }
            }
            foreach (var (offset, of) in distances)
            {
                var sum = of.Sum();
                if (double.IsInfinity(sum) || !isMeant(first + offset)) continue;
                // A name with fewer further words is closer.
                found.Add((sum + 0.01 * Math.Max(0, block.WordsOf[offset] - typed.Length), people.Ids[first + offset], first + offset));
            }
        }
        found.Sort(static (a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : string.CompareOrdinal(a.Id, b.Id));
        return [.. found.Take(limit).Select(static person => person.Number)];
    }

    /// <summary>Forgets all blocks, and all words: after somebody was erased, whose were among them.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            Volatile.Write(ref _blocks, []);
            _numbers.Clear();
            _byShortened.Clear();
            _words.Clear();
        }
    }

    private static IEnumerable<string> WordsOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) yield break;
        var folded = NameForms.Folded(text);
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            var isLetter = i < folded.Length && (char.IsLetterOrDigit(folded[i]) || folded[i] is '\'' or '’');
            if (isLetter && start < 0) start = i;
            if (isLetter || start < 0) continue;
            var word = folded[start..i].Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal);
            if (word.Length > 0) yield return word;
            start = -1;
        }
    }

    /// <summary>The words of the vocabulary that may be meant, each with how far it is from what was typed: 0 or 1.</summary>
    private (int Word, double Distance)[] Candidates(string typed)
    {
        var found = new Dictionary<int, double>();
        if (_numbers.TryGetValue(typed, out var exact)) found[exact] = 0;
        if (typed.Length < MinTypoLength) return [.. found.Select(static pair => (pair.Key, pair.Value))];
        foreach (var shortened in Shortened(typed))
        {
            if (!_byShortened.TryGetValue(shortened, out var numbers)) continue;
            foreach (var number in numbers)
            {
                string word;
                lock (_gate) word = number < _words.Count ? _words[number] : "";
                if (!found.ContainsKey(number) && IsOneApart(typed, word)) found[number] = 1;
            }
        }
        return [.. found.Select(static pair => (pair.Key, pair.Value))];
    }

    /// <summary>The word itself, and it without each of its letters.</summary>
    private static IEnumerable<string> Shortened(string word)
    {
        yield return word;
        for (var i = 0; i < word.Length; i++)
            if (i == 0 || word[i] != word[i - 1]) yield return word.Remove(i, 1);
    }

    /// <summary>Whether one letter replaced, added, left out, or swapped with its neighbour makes one word the other.</summary>
    private static bool IsOneApart(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 1 || other.Length < 2) return false;
        var start = 0;
        while (start < one.Length && start < other.Length && one[start] == other[start]) start++;
        var end = 0;
        while (end < one.Length - start && end < other.Length - start && one[^(end + 1)] == other[^(end + 1)]) end++;
        var (left, right) = (one.Length - start - end, other.Length - start - end);
        return (left <= 1 && right <= 1) || (left == 2 && right == 2 && one[start] == other[start + 1] && one[start + 1] == other[start]);
    }

    private Block BlockAt(int block, int count)
    {
        var first = block << ProfileStore.BlockBits;
        var size = Math.Min(count - first, 1 << ProfileStore.BlockBits);
        if (Known(block, size) is { } known) return known;
        lock (_gate)
        {
            if (Known(block, size) is { } made) return made;
            var blocks = _blocks;
            if (block >= blocks.Length)
            {
                Array.Resize(ref blocks, block + 1);
                Volatile.Write(ref _blocks, blocks);
            }
            var text = Make(first, size, profiles.ChangesIn(block));
            Volatile.Write(ref blocks[block], text);
            return text;
        }
    }

    private Block? Known(int block, int size)
    {
        var blocks = Volatile.Read(ref _blocks);
        return block < blocks.Length && Volatile.Read(ref blocks[block]) is { } text && text.People >= size
            && text.ProfileChanges == profiles.ChangesIn(block) ? text : null;
    }

    private Block Make(int first, int size, int changes)
    {
        var pairs = new List<(int Word, int Offset)>();
        var wordsOf = new byte[size];
        for (var offset = 0; offset < size; offset++)
        {
            if (profiles.Of(first + offset) is not { } profile) continue;
            var words = WordsOf(profile.Name).Concat(WordsOf(profile.Organisation)).Distinct(StringComparer.Ordinal).ToList();
            wordsOf[offset] = (byte)Math.Min(byte.MaxValue, words.Count);
            foreach (var word in words) pairs.Add((NumberOf(word), offset));
        }
        pairs.Sort();
        return new Block(size, changes, wordsOf, [.. pairs.Select(static pair => pair.Word)], [.. pairs.Select(static pair =>
            pair.Offset)]);
    }

    private int NumberOf(string word)
    {
        if (_numbers.TryGetValue(word, out var known)) return known;
        var number = _words.Count;
        _words.Add(word);
        _numbers[word] = number;
        if (word.Length < MinTypoLength - 1) return number;
        foreach (var shortened in Shortened(word))
            _byShortened[shortened] = _byShortened.TryGetValue(shortened, out var before) ? [.. before, number] : [number];
        return number;
    }

    /// <summary>The words of some people: pairs of word and person, by word.</summary>
    private sealed record Block(int People, int ProfileChanges, byte[] WordsOf, int[] Words, int[] Offsets)
    {
        /// <summary>The people with a word, as offsets from the block's first.</summary>
        public ReadOnlySpan<int> With(int word)
        {
            var low = LowerBound(word);
            var high = low;
            while (high < Words.Length && Words[high] == word) high++;
            return Offsets.AsSpan(low, high - low);
        }

        private int LowerBound(int word)
        {
            var (low, high) = (0, Words.Length);
            while (low < high)
            {
                var middle = low + (high - low) / 2;
                if (Words[middle] < word) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }
}

using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Identity;

/// <summary>
/// Names of people in the forms in which they are compared: folded (no case, no accents), as words without titles, and the
/// handles that a full name spells. Pure functions of the text.
/// </summary>
internal static class NameForms
{
    private static readonly FrozenSet<string> s_titles = FrozenSet.Create(
        StringComparer.Ordinal, "dr", "prof", "mr", "mrs", "ms", "jr", "sr", "phd", "md", "ii", "iii");

    private static readonly SearchValues<char> s_handleSigns = SearchValues.Create("-_.0123456789\\");

    private const int MinWord = 3;
    private const int MaxWords = 3;
    private const int MinClipped = 3;

    /// <summary>What stands where no one gave a name.</summary>
    private static readonly FrozenSet<string> s_placeholders = FrozenSet.Create(StringComparer.Ordinal,
        "admin", "anonymous", "author", "first", "firstname", "last", "lastname", "me", "name", "no", "nobody", "none", "root", "test",
        "ubuntu", "unknown", "user", "your");

    private static readonly FrozenDictionary<string, int[]> s_nicknames = Nicknames(
        "alexander alex sasha alexandre alexandr aleksandr", "andrew andy drew", "anthony tony", "benjamin ben",
        "christopher chris kris christoph christophe", "daniel dan danny", "david dave", "edward ed eddie ted",
        "frederick fred freddy frederic", "gregory greg", "jacob jake", "james jim jimmy jamie", "jeffrey jeff geoffrey geoff",
        "jonathan jon", "john johnny jack", "joseph joe joey", "joshua josh", "kenneth ken", "lawrence larry laurence", "leonard len",
        "matthew matt matthias", "michael mike mick mikhail", "nathaniel nathan nate", "nicholas nick nicolas nico", "patrick pat",
        "peter pete", "philip phil phillip", "raymond ray", "richard rick dick rich", "robert rob bob bobby", "ronald ron", "samuel sam",
        "stephen steve steven stefan", "theodore ted theo", "thomas tom tommy", "timothy tim", "victor vic", "vincent vince", "walter walt",
        "william will bill", "zachary zach zack", "elizabeth liz beth lisa", "katherine kate kathy catherine cathy", "margaret maggie meg",
        "jennifer jen jenny", "susan sue", "rebecca becky", "deborah deb", "maximilian max", "sebastian seb", "dominic dom", "gabriel gabe",
        "isaac ike", "abraham abe", "eugene gene", "gerald gerry jerry", "harold harry", "henry hank harry", "martin marty",
        "mitchell mitch", "oliver ollie", "russell russ", "sergey sergei serge");

    /// <summary>Lower case without accents.</summary>
    public static string Folded(string text)
    {
        var bare = UnicodeComposition.WithoutMarks(text).ToLowerInvariant();
        if (!bare.AsSpan().ContainsAnyExceptInRange('\0', '\u007F')) return bare;
        var folded = new StringBuilder(bare.Length);
        foreach (var c in bare)
        {
            _ = c switch
            {
                'ß' => folded.Append("ss"),
                'æ' => folded.Append("ae"),
                'ø' => folded.Append('o'),
                'ł' => folded.Append('l'),
                'đ' => folded.Append('d'),
                'ı' => folded.Append('i'),
                _ => folded.Append(c),
            };
        }
        return folded.ToString();
    }

    /// <summary>The words of a name without titles and without what stands in brackets; none of a placeholder.</summary>
    public static string[] Words(string name)
    {
        var bracket = name.IndexOf('(', StringComparison.Ordinal);
        if (bracket > 0 && name[..bracket].Trim().Length > 0) name = name[..bracket];
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at > 0) name = name[..at];
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in Folded(name) + " ")
        {
            if (c is '\'' or '’') continue;
            if (char.IsLetterOrDigit(c))
            {
                word.Append(c);
                continue;
            }
            if (word.Length > 0 && !s_titles.Contains(word.ToString())) words.Add(word.ToString());
            word.Clear();
        }
        return words.TrueForAll(s_placeholders.Contains) ? [] : [.. words];
    }

    /// <summary>Whether a name of two or three words is written as one: AnnLee.</summary>
    public static bool IsJoined(string name)
    {
        var words = 0;
        var text = name.AsSpan().Trim();
        for (var i = 0; i < text.Length; words++)
        {
            var start = i++;
            if (!char.IsAsciiLetterUpper(text[start])) return false;
            while (i < text.Length && char.IsAsciiLetterLower(text[i])) i++;
            if (i - start < MinWord) return false;
        }
        return words is 2 or MaxWords;
    }

    /// <summary>Whether a name is that of a message passed on, "Ann Lee via the list": of the address it says nothing.</summary>
    public static bool IsRelayed(string name) => name.Contains(" via ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text is a handle and no name: one word with digits, dots or dashes in it.</summary>
    public static bool IsHandle(string name) => !name.AsSpan().Trim().ContainsAny(" ,\t") && name.AsSpan().ContainsAny(s_handleSigns);

    /// <summary>Without dots and dashes, as handles are compared.</summary>
    public static string Bare(string handle) => handle.Replace(".", "", StringComparison.Ordinal)
        .Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    /// <summary>Whether two first names may be one person's: the same, an initial, a short form or a nickname.</summary>
    public static bool MayBeFirst(string one, string other)
    {
        if (one == other) return true;
        if (one.Length == 1 || other.Length == 1) return one[0] == other[0];
        if (IsShortOf(one, other) || IsShortOf(other, one)) return true;
        return s_nicknames.TryGetValue(one, out var groups)
            && s_nicknames.TryGetValue(other, out var others) && groups.AsSpan().ContainsAny(others);
    }

    /// <summary>Whether two full names may be one person's.</summary>
    public static bool AreCompatible(string[] one, string[] other)
    {
        if (HaveOtherMiddle(one, other)) return false;
        var common = one.Intersect(other, StringComparer.Ordinal).Count();
        if (common >= 2 || common == one.Distinct(StringComparer.Ordinal).Count()
            && common == other.Distinct(StringComparer.Ordinal).Count())
            return true;
        if (Joined(one).Intersect(Joined(other), StringComparer.Ordinal).Any()) return true;
        return Meet(one[0], one[^1], other[0], other[^1]) || Meet(one[0], one[^1], other[^1], other[0]);
    }

    /// <summary>A name with its words in one order, whatever order they came in.</summary>
    public static string Sorted(string[] name) => string.Join(' ', name.Order(StringComparer.Ordinal));

    /// <summary>A name written as one word, the family name last and first: given names are written together or apart.</summary>
    public static string[] Joined(string[] name) =>
        [Plain(string.Concat(name)), Plain(string.Concat(name[1..]) + name[0]), Plain(name[^1] + string.Concat(name[..^1]))];

    /// <summary>Umlauts as one letter, also where they are written as two: Mueller.</summary>
    public static string Plain(string word) =>
        word.Replace("ae", "a", StringComparison.Ordinal).Replace("oe", "o", StringComparison.Ordinal)
            .Replace("ue", "u", StringComparison.Ordinal);

    /// <summary>The handles that a full name spells, bare, of at least four characters.</summary>
    public static HashSet<string> Spelt(string[] name)
    {
        var spelt = new HashSet<string>(StringComparer.Ordinal);
        var (first, last) = (name[0], name[^1]);
        foreach (var (a, b) in new[] { (first, last), (last, first) })
        {
            spelt.Add(a + b);
            spelt.Add(a[0] + b);
            spelt.Add(a + b[0]);
        }
        if (name.Length > 2)
        {
            spelt.Add(string.Concat(name));
            spelt.Add(string.Concat(name[..^1].Select(static word => word[0])) + last);
            spelt.Add($"{first}{name[1][0]}{last}");
            foreach (var middle in name[1..^1])
            {
                spelt.Add(first + middle);
                spelt.Add(first[0] + middle);
            }
        }
        spelt.RemoveWhere(static handle => handle.Length < 4);
        return spelt;
    }

    /// <summary>Whether a handle is made of a name's initials, or of the beginnings of its words in their order.</summary>
    public static bool Abbreviates(string handle, string[] name)
    {
        var at = 0;
        foreach (var word in name)
        {
            if (at == handle.Length || handle[at] != word[0]) return false;
            var taken = 0;
            while (at < handle.Length && taken < word.Length && handle[at] == word[taken]) (at, taken) = (at + 1, taken + 1);
        }
        return at == handle.Length && name.Length > 1;
    }

    /// <summary>Whether names with the same last name, and first names that may be one, have middle names that begin otherwise.</summary>
    public static bool HaveOtherMiddle(string[] one, string[] other) =>
        one.Length > 2 && other.Length > 2 && one[^1] == other[^1] && MayBeFirst(one[0], other[0])
        && !one[1..^1].Any(word => other[1..^1].Any(second => second[0] == word[0]));

    /// <summary>Jess of Jessica.</summary>
    private static bool IsShortOf(string one, string other) => one.Length >= MinClipped && other.StartsWith(one, StringComparison.Ordinal);

    private static bool Meet(string first, string last, string otherFirst, string otherLast) =>
        (last == otherLast && last.Length > 1 && MayBeFirst(first, otherFirst))
            || (first == otherFirst && first.Length > 1 && MayBeFirst(last, otherLast));

    private static FrozenDictionary<string, int[]> Nicknames(params string[] groups) => groups
        .SelectMany((group, number) => group.Split(' ').Select(name => (name, number)))
        .GroupBy(static pair => pair.name, StringComparer.Ordinal)
        .ToFrozenDictionary(
            static names => names.Key, static names => names.Select(static pair => pair.number).ToArray(), StringComparer.Ordinal);
}

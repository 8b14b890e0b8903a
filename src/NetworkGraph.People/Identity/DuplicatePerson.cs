using System.Collections.Frozen;
using System.Globalization;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Identity;

/// <summary>
/// A candidate by what its id and names say: full names, words, handles, the mailbox. Pure functions of the two.
/// </summary>
internal sealed class DuplicatePerson
{
    private const int MinHandle = 3;
    private const int MinStem = 7;
    private const int MinGivenName = 5;
    private const int MaxWords = 3;
    private const string CodeHost = "users.noreply.github.com";

    /// <summary>What people put behind a handle to say what the account is for.</summary>
    private static readonly FrozenSet<string> s_uses = FrozenSet.Create(
        StringComparer.Ordinal, "git", "github", "hub", "gh", "dev", "code", "work", "mail", "oss");

    private readonly string _bare;
    private readonly string[]? _spelled;
    private readonly bool _hasManyWords;

    public DuplicatePerson(DuplicateCandidate candidate)
    {
        var given = new List<(string Name, string Word)>();
        Id = candidate.Id;
        foreach (var name in candidate.Names)
        {
            if (NameForms.IsRelayed(name)) continue;
            var words = NameForms.Words(name);
            if (words.Length == 0) continue;
            if (NameForms.IsHandle(name) || words.Length == 1)
            {
                if (string.Concat(words) is not { Length: >= 3 } word) continue;
                if (word.Length > 3) GivenNames.Add(word);
                if (NameForms.IsJoined(name)) Joined.Add(word);
                given.Add((name.Trim(), word));
            }
            else if (!Full.Exists(known => known.SequenceEqual(words)))
            {
                Full.Add(words);
            }
        }
        _hasManyWords = given.Count > MaxWords;
        IsMany = AreMany();
        var at = Id.LastIndexOf('@');
        Mailbox = at > 0 && !Id.EndsWith(CodeHost, StringComparison.Ordinal) && !Id.Contains('/')
            ? MailboxOf(Id[..at], Id[(at + 1)..]) : null;
        var local = NameForms.Folded(at < 0 ? Id : Id[..at]);
        // Accounts of a code host stand behind their number.
        if (at >= 0 && Id.EndsWith(CodeHost, StringComparison.Ordinal)) local = local[(local.LastIndexOf('+') + 1)..];
        else if (local.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus) local = local[..plus];
        var slash = local.LastIndexOf('/');
        if (slash >= 0) local = local[(slash + 1)..];
        var bare = _bare = NameForms.Bare(local);
        _spelled = at > 0 ? SpelledOut(local) : null;
        // Called by one word of ann.lee, they are called Ann Lee.
        if (Full.Count == 0 && _spelled is { } spelled && given.Exists(name => spelled.Contains(name.Word))) Full.Add(spelled);
        IsMachine = at >= 0
            && (Id.EndsWith(".(none)", StringComparison.Ordinal) || !Id.AsSpan(at).Contains('.')
            || Id.EndsWith("domain", StringComparison.Ordinal)
            || Id.EndsWith(".local", StringComparison.Ordinal));
        // One word that begins like a name and is not the address's own is what somebody is called, not what they sign up with.
        foreach (var (name, word) in given)
            if (word.Length > 3 && (word == bare || !IsGivenName(name))) OneWords.Add(word);
        Handles.UnionWith(OneWords);
        Handles.UnionWith(GivenNames.Where(static word => word.Length >= MinGivenName));
        if (bare.Length >= MinHandle && !IsCommon(local)) Handles.Add(bare);
        // What the account is for is no part of the name: ann-git.
        if (local.LastIndexOfAny(['-', '_', '.']) is > 0 and var cut && s_uses.Contains(local[(cut + 1)..])
            && NameForms.Bare(local[..cut]) is { Length: >= 4 } own) Handles.Add(own);
        // The number at the end of a handle changes with the host that had it taken.
        foreach (var handle in Handles.ToList())
            if (handle.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is { Length: >= MinStem } stem) Handles.Add(stem);
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

    /// <summary>
    /// The address that takes the mail: without what stands behind a plus, and at Gmail without dots. Null of what is no address.
    /// </summary>
    public string? Mailbox { get; }

    /// <summary>Full names written as one word, which may also be made up.</summary>
    public HashSet<string> Joined { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of one word, all of them.</summary>
    public HashSet<string> GivenNames { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Handles { get; } = new(StringComparer.Ordinal);

    /// <summary>The handles as names may spell them: also without a number at the end.</summary>
    public HashSet<string> Spellings { get; } = new(StringComparer.Ordinal);

    /// <summary>An address that no mail reaches: of a computer that was never given a name.</summary>
    public bool IsMachine { get; }

    /// <summary>Seen under names that do not go together.</summary>
    public bool IsMany { get; private set; }

    /// <summary>Goes by some of the full names only.</summary>
    public void Keep(Func<string[], bool> isKept)
    {
        Full.RemoveAll(name => !isKept(name));
        IsMany = AreMany();
    }

    /// <summary>Who keeps the first name at one address changed the last.</summary>
    private bool AreMany() =>
        _hasManyWords || Full.Exists(name => Full.Exists(other => name[0] != other[0] && !NameForms.AreCompatible(name, other)));

    /// <summary>Whether the word is what they are called, and nothing that they sign up with.</summary>
    public bool IsCalledOnly(string word) => GivenNames.Contains(word) && !OneWords.Contains(word) && word != _bare;

    /// <summary>Whether the address has another middle initial than a name: ann.b.lee of Ann C. Lee.</summary>
    public bool SpellsOtherMiddle(string[] name) => _spelled is { } spelled && NameForms.HaveOtherMiddle(spelled, name);

    /// <summary>Whether the one word that somebody is called by is none of a name's.</summary>
    public bool IsCalledOtherwiseThan(string[] name) =>
        GivenNames.Count > 0
            && !GivenNames.Any(word =>
            Handles.Contains(word) && !IsWord(word) || Array.Exists(name, part => part.StartsWith(word, StringComparison.Ordinal)
            || word.StartsWith(part, StringComparison.Ordinal) || NameForms.MayBeFirst(word, part)) || Spellings.Contains(word)
                && word == _bare);

    private static string MailboxOf(string local, string domain)
    {
        if (local.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus) local = local[..plus];
        return domain is "gmail.com" or "googlemail.com"
            ? $"{local.Replace(".", "", StringComparison.Ordinal)}@gmail.com" : $"{local}@{domain}";
    }

    /// <summary>The words of a local part that are separated like a name's: ann.lee, ann.b.lee.</summary>
    private static string[]? SpelledOut(string local) =>
        local.Split('.', '_') is { Length: 2 or 3 } words && words.All(word => word.Length > 0 && IsWord(word)) && words[0].Length > 2
            && words[^1].Length > 2 ? words : null;

    private static bool IsWord(string text) => text.AsSpan().IndexOfAnyExceptInRange('a', 'z') < 0;

    private static bool IsGivenName(string name) => char.IsUpper(name[0]) && name.AsSpan(1).IndexOfAnyExceptInRange('a', 'z') < 0;

    /// <summary>Digits alone, a shared desk, or what people call their own machine's account.</summary>
    private static bool IsCommon(string handle) =>
        !handle.AsSpan().ContainsAnyExceptInRange('0', '9')
            || handle is "root" or "git" or "github" or "me" or "user" or "test" or "email" or "none" or "nobody" or "localhost"
            or "dev" or "developer" or "work" or "code" or "build" or "bot" or "you" or "name" or "your" or "linux"
        || EntityRules.Of(string.Create(CultureInfo.InvariantCulture, $"{handle}@x")).Kind is not EntityKind.Person;
}

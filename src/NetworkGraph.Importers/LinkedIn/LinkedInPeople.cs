using System.Security.Cryptography;
using System.Text;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.LinkedIn;

/// <summary>Who is in an archive: ids by name, and who may be its owner.</summary>
internal sealed class LinkedInPeople
{
    private readonly Dictionary<string, string?> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (int Count, int Named)> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>A profile's address in canonical form; null where there is none.</summary>
    public static string? Url(string text)
    {
        text = text.Trim();
        if (text.Length == 0 || !text.Contains("linkedin.", StringComparison.OrdinalIgnoreCase)) return null;
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text.TrimStart('/');
        return PersonId.TryCanonical(text, out var id, out _) ? id : null;
    }

    /// <summary>The profiles in a cell, separated by commas, semicolons or blanks.</summary>
    public static IEnumerable<string> Urls(string cell) =>
        cell.Split([',', ';', ' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(Url).OfType<string>().Distinct(
            StringComparer.Ordinal);

    /// <summary>
    /// An id for somebody without address and profile, the same each time. Company and date are in it, so that two people of one
    /// name stay two.
    /// </summary>
    public static string StableId(string name, string company, string date)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{company}\n{date}"));
        return $"linkedin:{Convert.ToHexStringLower(hash.AsSpan(0, 12))}";
    }

    public void Add(string person, string? name)
    {
        if (name is null) return;
        // Of two people with one name none can be identified by it.
        if (_byName.TryGetValue(name, out var known) && known != person) _byName[name] = null;
        else _byName[name] = person;
    }

    /// <summary>The one person of this name; null for none or several.</summary>
    public string? ByName(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Somebody who may be the owner.</summary>
    public void AddOwner(string? person, string? name, bool isNamedOwner)
    {
        if (person is null) return;
        var (count, named) = _owners.GetValueOrDefault(person);
        _owners[person] = (count + 1, named + (isNamedOwner ? 1 : 0));
        if (!string.IsNullOrEmpty(name)) _names.TryAdd(person, name);
    }

    /// <summary>Who the owner is likely to be, and why.</summary>
    public (string? Person, string Because) GuessOwner(string? ownName)
    {
        if (_owners.Count == 0) return (null, "");
        var invited = _owners.Where(o => o.Value.Named > 0).OrderByDescending(o => o.Value.Named).Select(o => o.Key).FirstOrDefault();
        if (invited is not null) return (invited, "it sent or received all invitations");
        if (ownName is not null
            && _owners.Keys.FirstOrDefault(
            p => string.Equals(_names.GetValueOrDefault(p), ownName, StringComparison.OrdinalIgnoreCase)) is { } named)
            return (named, "its messages bear the name in Profile.csv");
        var most = _owners.OrderByDescending(o => o.Value.Count).ThenBy(o => o.Key, StringComparer.Ordinal).First();
        return (most.Key, "it takes part in the most messages");
    }
}

using NetworkGraph.Importers.ContentLines;

namespace NetworkGraph.Importers.Cards;

/// <summary>What a vCard of any version says about who a person is. Notes, pictures and birthdays are not read.</summary>
internal sealed class VCard
{
    private const int MaxValues = 200;

    private readonly List<(string Value, int Preference)> _addresses = [];
    private readonly List<(string Value, int Preference)> _numbers = [];
    private string _structuredName = "";
    private string _title = "";

    public string Name => FormattedName.Length > 0 ? FormattedName : _structuredName;

    public string FormattedName { get; private set; } = "";

    public string Organisation { get; private set; } = "";

    public string Role => _title.Length > 0 ? _title : Function;

    public string Function { get; private set; } = "";

    public string Kind { get; private set; } = "individual";

    public string Uid { get; private set; } = "";

    public List<string> Tags { get; } = [];

    public List<string> Links { get; } = [];

    /// <summary>Of a group: who is in it, by address or by the UID of their card.</summary>
    public List<string> Members { get; } = [];

    /// <summary>Names of fields whose value is not what it should be.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>E-mail addresses, the preferred one first.</summary>
    public IEnumerable<string> Addresses => _addresses.OrderBy(a => a.Preference).Select(a => a.Value);

    /// <summary>Telephone numbers as <c>tel:+15550100</c>, the preferred one first.</summary>
    public IEnumerable<string> Numbers => _numbers.OrderBy(n => n.Preference).Select(n => n.Value);

    public void Add(ContentLine line)
    {
        switch (line.Name)
        {
            case "FN" when FormattedName.Length == 0:
                FormattedName = line.Text().Trim();
                break;
            case "N":
                var parts = ContentLine.Split(line.Decoded(), ';');
                _structuredName = string.Join(' ', new[] { 3, 1, 2, 0, 4 }
                    .Where(i => i < parts.Count).Select(i => parts[i].Trim()).Where(p => p.Length > 0));
                break;
            case "ORG" when Organisation.Length == 0:
                Organisation = ContentLine.Split(line.Decoded(), ';')[0].Trim();
                break;
            case "TITLE" when _title.Length == 0:
                _title = line.Text().Trim();
                break;
            case "ROLE" when Function.Length == 0:
                Function = line.Text().Trim();
                break;
            case "EMAIL" when _addresses.Count < MaxValues && Address(line.Text()) is { } address:
                _addresses.Add((address, Preference(line)));
                break;
            case "EMAIL" when line.Value.Trim().Length > 0 && Refused.Count < MaxValues:
                Refused.Add("EMAIL");
                break;
            case "TEL" when _numbers.Count < MaxValues && PhoneNumbers.Id(line.Text()) is { } number:
                _numbers.Add((number, Preference(line)));
                break;
            case "URL" or "X-SOCIALPROFILE" or "SOCIALPROFILE" when Links.Count < MaxValues:
                Links.Add(line.Text().Trim());
                break;
            case "CATEGORIES" when Tags.Count < MaxValues:
                Tags.AddRange(ContentLine.Split(line.Decoded(), ',').Select(tag => tag.Trim()).Where(IsTag));
                break;
            default:
                AddIdentity(line);
                break;
        }
    }

    private void AddIdentity(ContentLine line)
    {
        switch (line.Name)
        {
            case "KIND" or "X-ADDRESSBOOKSERVER-KIND":
                Kind = line.Text().Trim().ToLowerInvariant();
                break;
            case "X-ABSHOWAS" when line.Value.Trim().Equals("COMPANY", StringComparison.OrdinalIgnoreCase):
                Kind = "org";
                break;
            case "UID":
                Uid = line.Text().Trim();
                break;
            case "MEMBER" or "X-ADDRESSBOOKSERVER-MEMBER" when Members.Count < 10_000:
                Members.Add(MemberKey(line.Text()));
                break;
        }
    }

    /// <summary>What a group names a member by, and a card is found by.</summary>
    public static string MemberKey(string value)
    {
        value = value.Trim();
        foreach (var prefix in (string[])["mailto:", "urn:uuid:"])
            if (value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) value = value[prefix.Length..];
        return value.ToLowerInvariant();
    }

    private static string? Address(string text)
    {
        text = text.Trim();
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text[7..];
        var open = text.LastIndexOf('<');
        if (open >= 0 && text.EndsWith('>')) text = text[(open + 1)..^1];
        return text.IndexOf('@', StringComparison.Ordinal) > 0 && !text.AsSpan().ContainsAny(" \t/,;") && text[^1] != '@'
            ? text.ToLowerInvariant()
            : null;
    }

    /// <summary>1 is most preferred; what says nothing comes last, in the order of the card.</summary>
    private static int Preference(ContentLine line)
    {
        if (int.TryParse(line.Parameter("PREF"), out var preference)) return preference;
        return line.HasParameter("TYPE", "PREF") ? 1 : 1000;
    }

    /// <summary>Google's own groups say nothing about a person.</summary>
    internal static bool IsTag(string tag) => tag.Length > 0
        && !tag.TrimStart('*', ' ').Equals("myContacts", StringComparison.OrdinalIgnoreCase)
        && !tag.StartsWith("* ", StringComparison.Ordinal)
        && !tag.Equals("starred", StringComparison.OrdinalIgnoreCase);
}

namespace NetworkGraph.Importers.Mail;

/// <summary>What people are called in the headers of a mailbox: for each address the name seen most, and of those the longest.</summary>
internal sealed class MailNames
{
    private const int MaxNames = 4;

    private readonly Dictionary<string, List<(string Name, int Count)>> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string File, long Number)> _places = new(StringComparer.Ordinal);

    public void Add(MailAddress person, RawMail raw)
    {
        if (person.Name is not { } name || name.Contains('@', StringComparison.Ordinal)) return;
        name = name.Trim('\'', '"', ' ');
        if (name.Length == 0) return;
        if (!_names.TryGetValue(person.Address, out var names))
        {
            _names[person.Address] = names = new(1);
            _places[person.Address] = (raw.File, raw.Number);
        }
        var at = names.FindIndex(n => n.Name == name);
        if (at >= 0) names[at] = (name, names[at].Count + 1);
        else if (names.Count < MaxNames) names.Add((name, 1));
    }

    public IEnumerable<(string Address, string Name, string File, long Number)> All()
    {
        foreach (var (address, names) in _names)
        {
            var (file, number) = _places[address];
            yield return (address, names.OrderByDescending(n => n.Count).ThenByDescending(n => n.Name.Length).First().Name, file, number);
        }
    }
}

using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.ContentLines;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Cards;

/// <summary>Address books in vCard 2.1, 3.0 and 4.0.</summary>
public sealed class VCardFormat : IImportFormat
{
    public string Name => "vcard";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) =>
        [.. files.Where(file => file.HeadText.TrimStart().StartsWith("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase))];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(Read(files, context));
    }

    private static IEnumerable<ImportItem> Read(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        var people = new CardPeople(context, "vcard");
        // Groups name their members, and may stand behind them; an address on two cards is no sign that they are one person's.
        foreach (var file in files)
        {
            ImportContext.LookAt(() =>
            {
                foreach (var (card, _) in Cards(file, context)) people.Count(Contact.Of(card), card.Kind == "group" ? card : null);
            });
        }
        foreach (var file in files)
            foreach (var item in ImportContext.Guard(file.Path, ReadFile(file, people, context))) yield return item;
    }

    private static IEnumerable<ImportItem> ReadFile(ImportFile file, CardPeople people, ImportContext context)
    {
        foreach (var (card, line) in Cards(file, context))
        {
            if (card.Kind is "group" or "org" or "organization" or "location" or "application" or "device")
            {
                context.Report.LeaveOut(LeftOutReasons.Group, file.Path, line);
                continue;
            }
            foreach (var refused in card.Refused)
                yield return ImportItem.Reject(file.Path, line, ItemBuilder.Text(card.Name, 100), refused, "is not an e-mail address");
            foreach (var item in people.Items(Contact.Of(card), file.Path, line)) yield return item;
        }
    }

    private static IEnumerable<(VCard Card, long Line)> Cards(ImportFile file, ImportContext context)
    {
        using var lines = new ContentLineReader(
            TextEncodings.ToUtf8(
            file.Open(), TextEncodings.Recognise(file.Head) is { CodePage: 1252 } ? null : TextEncodings.Recognise(file.Head)));
        VCard? card = null;
        var began = 0L;
        var depth = 0;
        var isAgent = false;
        while (lines.Next() is { } text)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var line = ContentLine.Parse(text);
            if (line is { Name: "BEGIN" } && line.Value.Trim().Equals("VCARD", StringComparison.OrdinalIgnoreCase))
            {
                // A card within a card (AGENT of 2.1) is somebody else's; one that begins anywhere else ends a card whose end is missing.
                if (card is not null && isAgent)
                {
                    depth++;
                    isAgent = false;
                    continue;
                }
                if (card is not null) yield return (card, began);
                (card, began, depth) = (new VCard(), lines.Number, 0);
            }
            else if (line is { Name: "END" } && line.Value.Trim().Equals("VCARD", StringComparison.OrdinalIgnoreCase))
            {
                if (depth > 0)
                {
                    depth--;
                    continue;
                }
                if (card is not null) yield return (card, began);
                card = null;
            }
            else if (line is not null && depth == 0)
            {
                isAgent = line.Name == "AGENT" && line.Value.Trim() is { Length: 0 } or "BEGIN:VCARD";
                if (isAgent && line.Value.Trim().Length > 0) (depth, isAgent) = (depth + 1, false);
                card?.Add(line);
            }
        }
        if (card is not null) yield return (card, began);
    }
}

/// <summary>A person of an address book, whatever its format.</summary>
internal sealed record Contact
{
    public string Name { get; init; } = "";

    public string Organisation { get; init; } = "";

    public string Role { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>E-mail addresses, the preferred one first.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public IReadOnlyList<string> Numbers { get; init; } = [];

    public IReadOnlyList<string> Links { get; init; } = [];

    public string Uid { get; init; } = "";

    public static Contact Of(VCard card) => new()
    {
        Name = card.Name,
        Organisation = card.Organisation,
        Role = card.Role,
        Tags = card.Tags,
        Addresses = [.. card.Addresses],
        Numbers = [.. card.Numbers],
        Links = card.Links,
        Uid = card.Uid,
    };
}

/// <summary>From contacts to profiles, and to hints which ids are one person's.</summary>
internal sealed class CardPeople(ImportContext context, string format)
{
    private readonly ItemBuilder _items = new(context, format);
    private readonly Dictionary<string, int> _cards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _groups = new(StringComparer.Ordinal);

    /// <summary>Looks at a contact before any is imported; of a group, at who is in it.</summary>
    public void Count(Contact contact, VCard? group)
    {
        if (group is not null)
        {
            foreach (var member in group.Members)
            {
                if (!_groups.TryGetValue(member, out var groups)) _groups[member] = groups = [];
                if (groups.Count < 50 && VCard.IsTag(group.Name)) groups.Add(group.Name);
            }
            return;
        }
        foreach (var id in Ids(contact).Distinct(StringComparer.Ordinal)) _cards[id] = _cards.GetValueOrDefault(id) + 1;
    }

    /// <summary>The profile of a contact, and its further ids; nothing where it has no id at all.</summary>
    public IEnumerable<ImportItem> Items(Contact contact, string file, long line)
    {
        var ids = Ids(contact).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
        {
            context.Report.LeaveOut(LeftOutReasons.NoAddress, file, line);
            yield break;
        }
        var keys = contact.Addresses.Append(contact.Uid).Where(key => key.Length > 0).Select(VCard.MemberKey);
        var tags = contact.Tags.Concat(keys.SelectMany(key => _groups.GetValueOrDefault(key) ?? [])).ToList();
        if (_items.Profile(ids[0], file, line, contact.Name, contact.Organisation, contact.Role, tags) is { } profile) yield return profile;
        foreach (var other in ids.Skip(1))
        {
            // What stands on several cards, such as a switchboard's number, belongs to no single person.
            if (_cards.GetValueOrDefault(other) > 1 || _cards.GetValueOrDefault(ids[0]) > 1) continue;
            if (ItemBuilder.SamePerson(ids[0], other, SamePerson.SameCard, file, line) is { } hint) yield return hint;
        }
    }

    /// <summary>The ids of a contact, the one to use first.</summary>
    private static IEnumerable<string> Ids(Contact contact)
    {
        foreach (var address in contact.Addresses) yield return PersonId.CanonicalOrSame(address);
        foreach (var link in contact.Links.Select(ProfileLink).OfType<string>()) yield return link;
        foreach (var number in contact.Numbers) yield return number;
        if (contact.Uid.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && contact.Uid.Length <= InteractionRules.MaxIdChars)
            yield return contact.Uid;
    }

    /// <summary>A link to a page about one person; null for a site's front page, which a whole company may share.</summary>
    private static string? ProfileLink(string link)
    {
        if (!Uri.TryCreate(link.Contains("://", StringComparison.Ordinal) ? link : $"https://{link}", UriKind.Absolute, out var uri))
            return null;
        if (uri.Scheme is not ("http" or "https") || uri.AbsolutePath.Length < 2) return null;
        return PersonId.TryCanonical(uri.OriginalString, out var id, out _) ? id : null;
    }
}

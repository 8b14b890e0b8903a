using System.Text.RegularExpressions;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Cards;

/// <summary>
/// Address books as tables: Google (old and new headings), Outlook, HubSpot, and others with a name and an e-mail address.
/// </summary>
public sealed partial class ContactsCsvFormat : IImportFormat
{
    private const string Separator = ":::";

    private static readonly string[] s_names = [
        "First Name", "Given Name", "Last Name", "Family Name", "Name", "Full Name", "Display Name", "Vorname", "Nachname", "Prénom",
        "Nom", "Nombre", "Apellidos"];
    private static readonly string[] s_people =
    [
        "E-mail Address", "Email", "E-mail", "Email Address", "E-mail 1 - Value", "E-Mail-Adresse", "Mobile Phone", "Phone 1 - Value",
            "Phone Number", "Adresse e-mail", "Adresse de messagerie",
        "Dirección de correo electrónico", "Primary Email", "Mobiltelefon",
    ];

    private static readonly string[] s_addressHeadings =
    [
        "E-mail Address", "Email", "E-mail", "Email Address", "Primary Email", "E-mail 2 Address", "E-mail 3 Address", "Secondary Email",
            "Additional email addresses", "Work Email", "E-Mail-Adresse", "E-Mail 2: Adresse",
        "E-Mail 3: Adresse", "Adresse e-mail", "Adresse de messagerie", "Dirección de correo electrónico", "Correo electrónico",
    ];

    private static readonly string[] s_numberHeadings =
    [
        "Mobile Phone", "Phone Number", "Mobile Phone Number", "Business Phone", "Home Phone", "Primary Phone", "Phone", "Mobiltelefon",
            "Telefon geschäftlich", "Téléphone mobile", "Teléfono móvil",
    ];

    public string Name => "contacts-csv";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) => [.. files.Where(file => CsvTable.Is(file, IsHeader))];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(Read(files, context));
    }

    private static IEnumerable<ImportItem> Read(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        var people = new CardPeople(context, "contacts-csv");
        foreach (var file in files)
        {
            ImportContext.LookAt(() =>
            {
                foreach (var (contact, _, _) in Contacts(file, context))
                    if (contact is not null) people.Count(contact, null);
            });
        }
        foreach (var file in files)
            foreach (var item in ImportContext.Guard(file.Path, ReadFile(file, people, context))) yield return item;
    }

    private static IEnumerable<ImportItem> ReadFile(ImportFile file, CardPeople people, ImportContext context)
    {
        foreach (var (contact, line, refused) in Contacts(file, context))
        {
            if (refused is { } rejection) yield return ImportItem.Reject(file.Path, line, contact?.Name, rejection.Field, rejection.Reason);
            if (contact is null && refused is null) context.Report.LeaveOut("row without a person", file.Path, line);
            // What is left of a row whose address was refused has nothing to be known by.
            if (contact is null || refused is not null && contact.Addresses.Count + contact.Numbers.Count == 0) continue;
            foreach (var item in people.Items(contact, file.Path, line)) yield return item;
        }
    }

    private static IEnumerable<(Contact? Contact, long Line, Rejection? Refused)> Contacts(ImportFile file, ImportContext context)
    {
        using var table = CsvTable.Open(file, IsHeader) ?? throw new InvalidDataException("has no header with names and addresses");
        var addresses = ColumnsOf(table, s_addressHeadings, AddressColumn());
        var numbers = ColumnsOf(table, s_numberHeadings, NumberColumn());
        foreach (var row in table.Rows(context.Cancellation))
        {
            if (row.Broken is { } broken)
            {
                yield return (null, row.Line, new Rejection(InteractionFields.Line, broken));
                continue;
            }
            Rejection? refused = null;
            var found = new List<string>();
            foreach (var (value, heading) in addresses.SelectMany(
                column => Values(row, column).Select(value => (value, table.Headings[column]))))
            {
                if (value.IndexOf('@', StringComparison.Ordinal) > 0 && PersonId.TryCanonical(value, out var address, out _))
                    found.Add(address);
                else refused ??= new Rejection(
                    heading, value.StartsWith("/o=", StringComparison.OrdinalIgnoreCase)
                    ? "is an Exchange address, not an e-mail address" : "is not an e-mail address");
            }
            var name = NameOf(row);
            var organisation = row["Organization Name", "Organization 1 - Name", "Company", "Company Name", "Organisation", "Firma",
                "Société", "Empresa", "Associated Company"];
            var isNobody = name.Length == 0 && found.Count == 0 && organisation.Length == 0 && refused is null
                && !numbers.Exists(column => Values(row, column).Length > 0);
            if (isNobody)
            {
                yield return (null, row.Line, null);
                continue;
            }
            yield return (new Contact
            {
                Name = name,
                Organisation = organisation,
                Role = row["Organization Title", "Organization 1 - Title", "Job Title", "Position", "Role", "Position/Rolle", "Fonction",
                    "Cargo"],
                Tags = [.. Tags(row)],
                Addresses = found,
                Numbers = [.. numbers.SelectMany(column => Values(row, column)).Select(PhoneNumbers.Id).OfType<string>()],
                Links = [.. Values(row, table.ColumnOf("LinkedIn")).Concat(Values(row, table.ColumnOf("LinkedIn Bio"))).Concat(
                    Values(row, table.ColumnOf("LinkedIn URL")))],
            }, row.Line, refused);
        }
    }

    private static string NameOf(CsvTableRow row)
    {
        var parts = new[]
        {
            row["First Name", "Given Name", "Vorname", "Prénom", "Nombre"],
            row["Middle Name", "Additional Name", "Weitere Vornamen"],
            row["Last Name", "Family Name", "Nachname", "Nom", "Apellidos"],
        };
        var joined = string.Join(' ', parts.Where(part => part.Length > 0));
        return joined.Length > 0 ? joined : row["Name", "Full Name", "Display Name", "File As", "Nickname"];
    }

    private static IEnumerable<string> Tags(CsvTableRow row)
    {
        foreach (var tag in row["Labels", "Group Membership"].Split(Separator)) if (VCard.IsTag(tag.Trim())) yield return tag.Trim();
        foreach (var tag in row["Categories", "Kategorien", "Catégories", "Categorías", "Tags"].Split([';', ',']))
            if (VCard.IsTag(tag.Trim())) yield return tag.Trim();
    }

    private static List<int> ColumnsOf(CsvTable table, string[] headings, Regex numbered)
    {
        var columns = headings.Select(table.ColumnOf).Where(column => column >= 0).ToList();
        for (var column = 0; column < table.Headings.Count; column++)
            if (!columns.Contains(column) && numbered.IsMatch(table.Headings[column])) columns.Add(column);
        return columns;
    }

    private static string[] Values(CsvTableRow row, int column) =>
        column < 0 || column >= row.Cells.Count
            ? [] : row.Cells[column].Split([Separator, ";"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsHeader(IReadOnlyList<string> cells)
    {
        var headings = cells.Select(CsvHeadings.Fold).ToHashSet(StringComparer.Ordinal);
        return s_names.Any(name => headings.Contains(CsvHeadings.Fold(name)))
            && (s_people.Any(name => headings.Contains(CsvHeadings.Fold(name))) || cells.Any(cell => AddressColumn().IsMatch(cell)));
    }

    [GeneratedRegex(@"^E-?mail \d+ - Value$|^E-?mail \d+ Address$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AddressColumn();

    [GeneratedRegex(@"^Phone \d+ - Value$|^(?:Mobile|Business|Home) Phone \d*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberColumn();
}

using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Importers.LinkedIn;

/// <summary>
/// Reads a LinkedIn archive. The owner's profile address stands in no file of its own: it is the one that the owner's name goes
/// with in messages and invitations. Rows are held without their texts, since invitations belong to connections and replies to
/// messages that stand further down.
/// </summary>
internal sealed partial class LinkedInArchive(IReadOnlyList<ImportFile> files, ImportContext context)
{
    private const string Channel = "linkedin";

    /// <summary>Who stands for the owner where nothing says who that is.</summary>
    private const string UnknownOwner = "linkedin:owner";

    private readonly ItemBuilder _items = new(context, Channel);
    private readonly LinkedInPeople _people = new();
    private readonly List<Invitation> _invitations = [];
    private readonly List<Connection> _connections = [];
    private readonly List<string> _ownAddresses = [];
    private string? _ownName;

    /// <summary>Of days that are written in numbers, as spreadsheets do when they save an archive again.</summary>
    private DateOrder _dayOrder = DateOrder.MonthFirst;

    private readonly record struct Connection(
        string Person, string? Name, string Email, string Company, string Position, string On, string File, long Line);

    private readonly record struct Invitation(string Inviter, string Invitee, string SentAt, bool HasMessage, string File, long Line);

    public IEnumerable<ImportItem> Read()
    {
        var tables = files.Select(file => (File: file, Table: LinkedInFormat.TableOf(file))).ToList();
        foreach (var (file, table) in tables) ImportContext.LookAt(() => ReadOwner(file, table));
        foreach (var (file, _) in tables.Where(t => t.Table is LinkedInTable.Connections))
            foreach (var item in ImportContext.Guard(file.Path, ReadConnections(file))) yield return item;
        if (_connections.Count > 0) _dayOrder = OrderOf(_connections.Select(connection => connection.On), _connections[0].File);
        foreach (var (file, _) in tables.Where(t => t.Table is LinkedInTable.Invitations))
            foreach (var item in ImportContext.Guard(file.Path, ReadInvitations(file))) yield return item;
        ImportContext.LookAt(() => GuessOwner(tables.Where(t => t.Table is LinkedInTable.Messages).Select(t => t.File)));
        var me = context.Me.Count > 0 ? context.Me[0] : UnknownOwner;
        foreach (var item in Profiles(me)) yield return item;
        foreach (var item in Connects(me)) yield return item;
        foreach (var (file, table) in tables)
        {
            var items = table switch
            {
                LinkedInTable.Messages => ReadMessages(file),
                LinkedInTable.EndorsementsReceived => ReadEndorsements(file, me, isReceived: true),
                LinkedInTable.EndorsementsGiven => ReadEndorsements(file, me, isReceived: false),
                LinkedInTable.Recommendations => ReadRecommendations(file, me),
                _ => [],
            };
            foreach (var item in ImportContext.Guard(file.Path, items)) yield return item;
            if (table is LinkedInTable.Reactions or LinkedInTable.Comments)
                context.Report.LeaveOut(LeftOutReasons.NoPerson, file.Path, 0, "the file says what was reacted to, not to whom");
            else if (table is null)
                context.Report.LeaveOut("file of the archive about no one else", file.Path, 0);
        }
    }

    private void ReadOwner(ImportFile file, LinkedInTable? table)
    {
        if (table is not (LinkedInTable.Profile or LinkedInTable.EmailAddresses)) return;
        using var rows = Table(file, table.Value);
        foreach (var row in rows.Rows(context.Cancellation))
        {
            if (row.Broken is not null) continue;
            if (table is LinkedInTable.Profile) _ownName ??= NameOf(row["First Name"], row["Last Name"]);
            else if (row["Email Address"] is { Length: > 0 } address && row["Confirmed"] is not "No") _ownAddresses.Add(address);
        }
    }

    private IEnumerable<ImportItem> ReadConnections(ImportFile file)
    {
        using var rows = Table(file, LinkedInTable.Connections);
        foreach (var row in rows.Rows(context.Cancellation))
        {
            if (row.Broken is { } broken)
            {
                yield return ImportItem.Reject(file.Path, row.Line, null, InteractionFields.Line, broken);
                continue;
            }
            var name = NameOf(row["First Name"], row["Last Name"]);
            var (url, email, on) = (LinkedInPeople.Url(row["URL", "Profile URL"]), row["Email Address"], row["Connected On"]);
            if (name is null && url is null && email.Length == 0)
            {
                context.Report.LeaveOut(LeftOutReasons.ClosedAccount, file.Path, row.Line);
                continue;
            }
            var person = url ?? (email.Length > 0 ? email : LinkedInPeople.StableId(name ?? "", row["Company"], on));
            _people.Add(person, name);
            _connections.Add(new Connection(person, name, email, row["Company"], row["Position"], on, file.Path, row.Line));
        }
    }

    private IEnumerable<ImportItem> ReadInvitations(ImportFile file)
    {
        using var rows = Table(file, LinkedInTable.Invitations);
        foreach (var row in rows.Rows(context.Cancellation))
        {
            if (row.Broken is { } broken)
            {
                yield return ImportItem.Reject(file.Path, row.Line, null, InteractionFields.Line, broken);
                continue;
            }
            var (inviter, invitee) = (LinkedInPeople.Url(row["inviterProfileUrl"]), LinkedInPeople.Url(row["inviteeProfileUrl"]));
            var isOutgoing = row["Direction"].StartsWith("OUT", StringComparison.OrdinalIgnoreCase);
            _people.AddOwner(isOutgoing ? inviter : invitee, isOutgoing ? row["From"] : row["To"], isNamedOwner: true);
            var name = isOutgoing ? row["To"] : row["From"];
            var other = isOutgoing ? invitee : inviter;
            if (other is null && !rows.Has("inviterProfileUrl")) other = Named(name);
            if (other is null)
            {
                context.Report.LeaveOut(LeftOutReasons.ClosedAccount, file.Path, row.Line);
                continue;
            }
            _people.Add(other, name.Length == 0 ? null : name);
            _invitations.Add(new Invitation(
                isOutgoing ? "" : other, isOutgoing ? other : "", row["Sent At"], row["Message"].Length > 0, file.Path, row.Line));
        }
    }

    private void GuessOwner(IEnumerable<ImportFile> messages)
    {
        if (context.IsMeGiven) return;
        foreach (var file in messages)
        {
            using var rows = Table(file, LinkedInTable.Messages);
            foreach (var row in rows.Rows(context.Cancellation))
            {
                if (row.Broken is not null) continue;
                var sender = LinkedInPeople.Url(row["SENDER PROFILE URL"]);
                _people.AddOwner(sender, row["FROM"], isNamedOwner: false);
                foreach (var recipient in LinkedInPeople.Urls(row["RECIPIENT PROFILE URLS"]))
                    _people.AddOwner(recipient, null, isNamedOwner: false);
            }
        }
        var (owner, because) = _people.GuessOwner(_ownName);
        if (owner is null && _ownAddresses.Count > 0) (owner, because) = (_ownAddresses[0], "it is the archive's own e-mail address");
        if (owner is not null) context.GuessMe(PersonId.CanonicalOrSame(owner), because);
        else context.Report.Guess($"No file says whose archive this is; the owner is called {UnknownOwner} (--me says who).");
    }

    private IEnumerable<ImportItem> Profiles(string me)
    {
        if (_ownName is not null && _items.Profile(me, "Profile.csv", 1, _ownName) is { } own) yield return own;
        foreach (var address in _ownAddresses)
            if (me != UnknownOwner && ItemBuilder.SamePerson(me, address, SamePerson.SameAccount, "Email Addresses.csv", 1) is { } hint)
                yield return hint;
        foreach (var connection in _connections)
        {
            if (_items.Profile(connection.Person, connection.File, connection.Line, connection.Name, connection.Company,
                connection.Position) is { } profile) yield return profile;
            if (connection.Email.Length > 0
                && ItemBuilder.SamePerson(
                connection.Person, connection.Email, SamePerson.SameAccount, connection.File, connection.Line) is { } hint)
                yield return hint;
        }
    }

    private IEnumerable<ImportItem> ReadEndorsements(ImportFile file, string me, bool isReceived)
    {
        using var rows = Table(file, isReceived ? LinkedInTable.EndorsementsReceived : LinkedInTable.EndorsementsGiven);
        var seen = new HashSet<(string, long)>();
        foreach (var row in rows.Rows(context.Cancellation))
        {
            var other = LinkedInPeople.Url(row[isReceived ? "Endorser Public Url" : "Endorsee Public Url"]);
            if (row.Broken is null && row["Endorsement Status"] is { Length: > 0 } status
                && !status.Equals("ACCEPTED", StringComparison.OrdinalIgnoreCase))
            {
                context.Report.LeaveOut(LeftOutReasons.Hidden, file.Path, row.Line);
            }
            else if (row.Broken is null && other is null)
            {
                context.Report.LeaveOut(LeftOutReasons.ClosedAccount, file.Path, row.Line);
            }
            else if (row.Broken is { } broken)
            {
                yield return ImportItem.Reject(file.Path, row.Line, null, InteractionFields.Line, broken);
            }
            else if (!TryDay(row["Endorsement Date"], out var day, out var reason))
            {
                yield return ImportItem.Reject(file.Path, row.Line, null, "at", reason);
            }
            else if (seen.Add((other!, day)))
            {
                var seed = new InteractionSeed
                {
                    AtMs = day,
                    From = isReceived ? other! : me,
                    To = [isReceived ? me : other!],
                    Kind = InteractionKind.Endorsement,
                    Channel = Channel
                };
                if (_items.Interaction(seed, file.Path, row.Line) is { } item) yield return item;
            }
            else
            {
                context.Report.LeaveOut("further skill endorsed on the same day", file.Path, row.Line);
            }
        }
    }

    private IEnumerable<ImportItem> ReadRecommendations(ImportFile file, string me)
    {
        var isGiven = file.Name.Contains("Given", StringComparison.OrdinalIgnoreCase);
        using var rows = Table(file, LinkedInTable.Recommendations);
        var kept = rows.Rows(context.Cancellation).ToList();
        var order = OrderOf(kept.Select(row => row["Creation Date"]), file.Path);
        foreach (var row in kept)
        {
            if (row.Broken is { } broken)
            {
                yield return ImportItem.Reject(file.Path, row.Line, null, InteractionFields.Line, broken);
                continue;
            }
            var name = NameOf(row["First Name"], row["Last Name"]);
            if (name is null)
            {
                context.Report.LeaveOut(LeftOutReasons.ClosedAccount, file.Path, row.Line);
                continue;
            }
            if (row["Status"] is { Length: > 0 } status && !status.Equals("VISIBLE", StringComparison.OrdinalIgnoreCase))
            {
                context.Report.LeaveOut(LeftOutReasons.Hidden, file.Path, row.Line);
                continue;
            }
            if (!LooseDate.TryParse(row["Creation Date"], order, context.ZoneOrUtc, out var at, out var reason))
            {
                yield return ImportItem.Reject(file.Path, row.Line, null, "at", reason);
                continue;
            }
            var other = _people.ByName(name) ?? LinkedInPeople.StableId(name, row["Company"], "");
            var seed = new InteractionSeed
            {
                AtMs = at,
                From = isGiven ? me : other,
                To = [isGiven ? other : me],
                Kind = InteractionKind.Endorsement,
                Exchange = Exchange.Give,
                Personalised = true,
                Channel = Channel,
            };
            if (_items.Interaction(seed, file.Path, row.Line) is { } item) yield return item;
            if (_people.ByName(name) is null
                && _items.Profile(other, file.Path, row.Line, name, row["Company"], row["Job Title"]) is { } profile) yield return profile;
        }
    }

    private static CsvTable Table(ImportFile file, LinkedInTable table) =>
        CsvTable.Open(file, cells => LinkedInFormat.IsHeader(cells, table))
        ?? throw new InvalidDataException("has lost its header");

    /// <summary>
    /// Somebody whom a table names without an address: the one person of this name, else an id made of it; null for nobody.
    /// </summary>
    private string? Named(string name)
    {
        if (ItemBuilder.Text(name, 200) is not { } clean || clean.Equals("LinkedIn Member", StringComparison.OrdinalIgnoreCase))
            return null;
        if (clean.Equals(_ownName, StringComparison.OrdinalIgnoreCase)) return context.Me.Count > 0 ? context.Me[0] : UnknownOwner;
        return _people.ByName(clean) ?? LinkedInPeople.StableId(clean, "", "");
    }

    private static string? NameOf(string first, string last) => ItemBuilder.Text($"{first} {last}", 200);

    /// <summary>The beginning of a date's day in UTC.</summary>
    private bool TryDay(string text, out long unixMs, out string reason)
    {
        if (!LooseDate.TryParse(text, _dayOrder, NodaTime.DateTimeZone.Utc, out unixMs, out reason)) return false;
        unixMs -= (unixMs % 86_400_000 + 86_400_000) % 86_400_000;
        return true;
    }

    /// <summary>Whether day or month comes first, over all dates of a file; says what was taken where that is a guess.</summary>
    private DateOrder OrderOf(IEnumerable<string> dates, string file)
    {
        if (context.Options.DateOrder is { } given) return given;
        var vote = new DateOrderVote(context.NowMs);
        foreach (var date in dates) vote.Add(date);
        var (order, isSure) = vote.Decide();
        var taken = order ?? DateOrder.MonthFirst;
        if (!isSure)
            context.Report.Guess(
                $"Dates of {file} can be read both ways; the {(taken is DateOrder.MonthFirst ? "month" : "day")} is taken to come first "
                + $"(--date-order says otherwise).");
        return taken;
    }
}

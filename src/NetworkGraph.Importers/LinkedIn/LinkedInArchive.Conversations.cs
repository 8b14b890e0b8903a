using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Exchanges;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Importers.LinkedIn;

/// <summary>Messages by conversation, and who connected with whom.</summary>
internal sealed partial class LinkedInArchive
{
    private const long DayMs = 86_400_000;

    private readonly record struct Message(long AtMs, string From, string[] To, string Conversation, long Line, Exchange Exchange);

    private IEnumerable<ImportItem> ReadMessages(ImportFile file)
    {
        var messages = new List<Message>();
        using (var rows = Table(file, LinkedInTable.Messages))
        {
            var hasLinks = rows.Has("SENDER PROFILE URL");
            var order = hasLinks ? null : context.Options.DateOrder ?? DateOrder.MonthFirst as DateOrder?;
            foreach (var row in rows.Rows(context.Cancellation))
            {
                if (row.Broken is { } broken)
                {
                    yield return ImportItem.Reject(file.Path, row.Line, null, InteractionFields.Line, broken);
                    continue;
                }
                if (LeftOutReason(row, SenderOf(row, hasLinks)) is { } reason)
                {
                    context.Report.LeaveOut(reason, file.Path, row.Line);
                    continue;
                }
                if (!LooseDate.TryParse(
                    row["DATE"], order ?? context.Options.DateOrder, NodaTime.DateTimeZone.Utc, out var at, out var wrong))
                {
                    yield return ImportItem.Reject(file.Path, row.Line, null, "at", wrong);
                    continue;
                }
                var from = SenderOf(row, hasLinks)!;
                var to = Recipients(row, from);
                // Archives without conversations have one between the same people.
                var conversation = row["CONVERSATION ID"] is { Length: > 0 } id
                    ? id : string.Join('\n', to.Append(from).Order(StringComparer.Ordinal));
                messages.Add(new Message(at, from, to, conversation, row.Line,
                    context.Options.ReadText ? ExchangeReader.Read(row["CONTENT"]).Exchange : Exchange.None));
                _people.Add(from, row["FROM"] is { Length: > 0 } name ? name : null);
            }
        }
        // Exports list the newest first; replies need the oldest first. Rows of one second keep the order of their lines turned round.
        foreach (var talk in messages.GroupBy(m => m.Conversation))
            foreach (var item in Conversation([.. talk.OrderBy(m => m.AtMs).ThenByDescending(m => m.Line)], file.Path)) yield return item;
    }

    /// <summary>Whose profile a row names; archives before 2023 name the recipients alone by name.</summary>
    private string[] Recipients(Csv.CsvTableRow row, string from)
    {
        var urls = LinkedInPeople.Urls(row["RECIPIENT PROFILE URLS", "RECIPIENT PROFILE URL"]).ToArray();
        if (urls.Length > 0) return urls;
        if (row["TO"] is { Length: > 0 } name && _people.ByName(name) is { } person) return [person];
        if (!row.Has("SENDER PROFILE URL"))
            return [.. row["TO"].Split([',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(Named).OfType<string>().Distinct(
                StringComparer.Ordinal)];
        return context.Me.Count > 0 && from != context.Me[0] ? [context.Me[0]] : [];
    }

    private string? SenderOf(Csv.CsvTableRow row, bool hasLinks) =>
        hasLinks ? LinkedInPeople.Url(row["SENDER PROFILE URL"]) : Named(row["FROM"]);

    private static string? LeftOutReason(Csv.CsvTableRow row, string? sender)
    {
        if (row["FOLDER"].Equals("SPAM", StringComparison.OrdinalIgnoreCase)) return LeftOutReasons.Spam;
        if (row["CONVERSATION TITLE"].StartsWith("Sponsored", StringComparison.OrdinalIgnoreCase)) return LeftOutReasons.Sponsored;
        if (row["IS MESSAGE DRAFT", "DRAFT"] is { } draft
            && (draft.Equals("Yes", StringComparison.OrdinalIgnoreCase) || draft.Equals("true", StringComparison.OrdinalIgnoreCase)))
            return LeftOutReasons.Draft;
        if (row["FOLDER"].Contains("DRAFT", StringComparison.OrdinalIgnoreCase)) return LeftOutReasons.Draft;
        return sender is null ? LeftOutReasons.ClosedAccount : null;
    }

    private IEnumerable<ImportItem> Conversation(Message[] messages, string file)
    {
        // The last message of each person, to find the last one that somebody else wrote.
        var last = new List<(string From, string Id)>();
        foreach (var message in messages)
        {
            var opposite = last.FindLastIndex(l => l.From != message.From);
            var item = _items.Interaction(new InteractionSeed
            {
                AtMs = message.AtMs,
                From = message.From,
                To = message.To,
                Exchange = message.Exchange,
                IsExchangeRead = true,
                Kind = opposite >= 0 ? InteractionKind.Reply : InteractionKind.Message,
                InReplyTo = opposite >= 0 ? last[opposite].Id : null,
                Channel = Channel,
            }, file, message.Line);
            if (item is not { } found) continue;
            if (found.Record is Interaction interaction)
            {
                last.RemoveAll(l => l.From == message.From);
                last.Add((message.From, interaction.Id));
            }
            yield return found;
        }
    }

    /// <summary>
    /// A connection is an accept at day precision, from the owner; with an invitation of the pair before it, the inviter connects and the
    /// other accepts.
    /// </summary>
    private IEnumerable<ImportItem> Connects(string me)
    {
        var order = InvitationOrder();
        var sent = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var invitation in _invitations)
        {
            var isOutgoing = invitation.Inviter.Length == 0;
            var other = isOutgoing ? invitation.Invitee : invitation.Inviter;
            if (!LooseDate.TryParse(invitation.SentAt, order, context.ZoneOrUtc, out var at, out var reason))
            {
                yield return ImportItem.Reject(invitation.File, invitation.Line, null, "at", reason);
                continue;
            }
            sent.TryAdd(other, isOutgoing);
            var item = _items.Interaction(new InteractionSeed
            {
                AtMs = at,
                From = isOutgoing ? me : other,
                To = [isOutgoing ? other : me],
                Kind = InteractionKind.Connect,
                Personalised = invitation.HasMessage ? true : null,
                Channel = Channel,
            }, invitation.File, invitation.Line);
            if (item is { } found) yield return found;
        }
        foreach (var connection in _connections)
        {
            if (!TryDay(connection.On, out var day, out var reason))
            {
                yield return ImportItem.Reject(connection.File, connection.Line, null, "at", reason);
                continue;
            }
            // Whose invitation it was is known of some; of the others the archive's owner is taken to have accepted.
            var acceptedByOther = sent.TryGetValue(connection.Person, out var byOwner) && byOwner;
            var item = _items.Interaction(new InteractionSeed
            {
                AtMs = day,
                From = acceptedByOther ? connection.Person : me,
                To = [acceptedByOther ? me : connection.Person],
                Kind = InteractionKind.Accept,
                Channel = Channel,
            }, connection.File, connection.Line);
            if (item is { } found) yield return found;
        }
    }

    /// <summary>
    /// Invitations bear local times in the order of the export's locale. A day above 12, AM or PM, or that an invitation lies before the
    /// connection it led to, decides for the whole file.
    /// </summary>
    private DateOrder InvitationOrder()
    {
        if (context.Options.DateOrder is { } given) return given;
        var vote = new DateOrderVote(context.NowMs);
        foreach (var invitation in _invitations) vote.Add(invitation.SentAt);
        var (order, isSure) = vote.Decide();
        if (isSure && order is not null) return order.Value;
        var (dayFirst, monthFirst) = (0, 0);
        var connected = _connections.Where(c => TryDay(c.On, out _, out _)).GroupBy(c => c.Person).ToDictionary(
            g => g.Key, g => Day(g.First().On), StringComparer.Ordinal);
        foreach (var invitation in _invitations)
        {
            var other = invitation.Inviter.Length == 0 ? invitation.Invitee : invitation.Inviter;
            if (!connected.TryGetValue(other, out var day)) continue;
            var asDay = LooseDate.TryParse(invitation.SentAt, DateOrder.DayFirst, NodaTime.DateTimeZone.Utc, out var d, out _)
                && d < day + DayMs;
            var asMonth = LooseDate.TryParse(invitation.SentAt, DateOrder.MonthFirst, NodaTime.DateTimeZone.Utc, out var m, out _)
                && m < day + DayMs;
            if (asDay && !asMonth) dayFirst++;
            else if (asMonth && !asDay) monthFirst++;
        }
        var taken = dayFirst > monthFirst ? DateOrder.DayFirst : monthFirst > dayFirst
            ? DateOrder.MonthFirst : order ?? DateOrder.MonthFirst;
        var why = dayFirst != monthFirst ? "since invitations lie before their connections" : order is null
            ? "since nothing decides" : "since times have AM or PM";
        if (vote.Ambiguous > 0)
            context.Report.Guess(
                $"Invitations are read with the {(taken is DateOrder.DayFirst ? "day" : "month")} first, {why} (--date-order says "
                + $"otherwise).");
        return taken;

        long Day(string on) => TryDay(on, out var unixMs, out _) ? unixMs : 0;
    }
}

using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Importers.Mail;

/// <summary>
/// Messages to interactions, in two passes: the first learns who wrote what and which messages lie there more than once, so that
/// replies are known, whichever way the mailbox is sorted, and the copies of one message become one interaction with the recipients of all.
/// </summary>
internal sealed class MailImport(RawMails mails, ImportContext context)
{
    private const string Channel = "email";
    private const int MaxPersonalRecipients = 5;

    private readonly ItemBuilder _items = new(context, "mail");
    private readonly MailIndex _index = new();
    private readonly Dictionary<string, Copy> _copies = new(StringComparer.Ordinal);
    private readonly MailNames _names = new();

    /// <summary>The copies seen so far of a message that lies there more than once.</summary>
    private sealed class Copy
    {
        public int Seen { get; set; }

        public InteractionSeed? Seed { get; set; }

        public List<string> To { get; } = [];

        public string File { get; set; } = "";

        public long Number { get; set; }
    }

    public IEnumerable<ImportItem> Read()
    {
        foreach (var raw in mails.All(context.Cancellation)) _index.Add(raw);
        if (_index.Owner() is ({ } owner, var because)) context.GuessMe(PersonId.CanonicalOrSame(owner), because);
        foreach (var raw in mails.All(context.Cancellation))
        {
            if (raw.Unreadable is { } broken)
            {
                yield return ImportItem.Reject(raw.File, raw.Number, null, InteractionFields.Line, $"could not be parsed past: {broken}");
                continue;
            }
            foreach (var item in ReadOne(raw)) yield return item;
        }
        // Copies of a message are awaited by its id; where one was left out, or could not be read again, the others stand.
        foreach (var copy in _copies.Values)
            if (Complete(copy) is { } item) yield return item;
        foreach (var (address, name, file, number) in _names.All())
            if (_items.Profile(address, file, number, name) is { } profile) yield return profile;
    }

    private IEnumerable<ImportItem> ReadOne(RawMail raw)
    {
        var message = MailMessage.Read(raw, context.NowMs);
        var isRepeated = message.MessageId is { } known && _index.Copies(known) > 1;
        var copy = isRepeated ? CopyOf(message.MessageId!, raw) : null;
        var item = message.LeftOut is { } reason ? LeaveOut(reason, raw) : ToItem(message, raw, copy);
        if (item is { } own) yield return own;
        if (copy is null || copy.Seen < _index.Copies(message.MessageId!)) yield break;
        _copies.Remove(message.MessageId!);
        if (Complete(copy) is { } whole) yield return whole;
    }

    private Copy CopyOf(string id, RawMail raw)
    {
        if (!_copies.TryGetValue(id, out var copy)) _copies[id] = copy = new Copy { File = raw.File, Number = raw.Number };
        copy.Seen++;
        return copy;
    }

    private ImportItem? Complete(Copy copy) =>
        copy.Seed is { } seed ? _items.Interaction(seed with { To = copy.To }, copy.File, copy.Number) : null;

    private ImportItem? ToItem(MailMessage message, RawMail raw, Copy? copy)
    {
        var id = message.MessageId is { } native ? ImportIds.Native("mail", native) : null;
        if (message.From is not { } from) return ImportItem.Reject(raw.File, raw.Number, id, "from", "has no address");
        if (message.AtMs is not { } at)
            return ImportItem.Reject(raw.File, raw.Number, id, "at", "is in no header field, or cannot be read");
        var sender = PersonId.CanonicalOrSame(from.Address);
        var answered = message.References.Find(_index.IsKnown);
        var to = Recipients(message, sender, answered, out var isComment);
        if (to is null) return LeaveOut(LeftOutReasons.List, raw);
        var isBccOnly = message.Bcc.Count > 0 && message.To.Count == 0;
        var seed = new InteractionSeed
        {
            Id = id,
            AtMs = at,
            From = sender,
            To = to,
            Kind = to.Count == 0 && message.List is not null ? InteractionKind.Attendance
                : isComment ? InteractionKind.Comment
                : answered is not null ? InteractionKind.Reply
                : InteractionKind.Message,
            InReplyTo = answered is null ? null : ImportIds.Native("mail", answered),
            Channel = Channel,
            Venue = message.List,
            Personalised = message.IsBulk || isBccOnly || to.Count > MaxPersonalRecipients ? false : null,
        };
        if (context.Options.ReadText) seed = WithExchange(seed, raw, message.IsBulk);
        _names.Add(from, raw);
        foreach (var person in message.To) _names.Add(person, raw);
        if (copy is null) return _items.Interaction(seed, raw.File, raw.Number);
        // Two people's messages under one id are two, whatever program gave it to both.
        if (copy.Seed is { } first && first.From != seed.From) return _items.Interaction(seed with { Id = null }, raw.File, raw.Number);
        if (copy.Seed is not null) context.Report.LeaveOut(LeftOutReasons.Duplicate, raw.File, raw.Number);
        copy.Seed ??= seed;
        foreach (var person in to)
            if (!copy.To.Contains(person, StringComparer.Ordinal)) copy.To.Add(person);
        return null;
    }

    private static InteractionSeed WithExchange(InteractionSeed seed, RawMail raw, bool isBulk)
    {
        if (isBulk) return seed with { Exchange = Exchange.Promotion, IsExchangeRead = true };
        var reading = MailText.Read(raw);
        // An introduction is between two; with more it is a message to all of them.
        return seed with
        {
            Exchange = reading.Exchange,
            IsExchangeRead = true,
            Kind = reading.IsIntroduction && seed.Kind is InteractionKind.Message && seed.To.Count() == 2
                ? InteractionKind.Introduction : seed.Kind,
        };
    }

    /// <summary>
    /// Towards whom a message is; null where it is a list's or a sender's of bulk mail and no one in particular is meant. A post to a list
    /// that answers one is a comment to who wrote that.
    /// </summary>
    private List<string>? Recipients(MailMessage message, string sender, string? answered, out bool isComment)
    {
        isComment = false;
        var to = message.To.Select(person => person.Address).ToList();
        // Blind copies are known of one's own messages alone; in others they were left there by a server.
        var isOwn = message.Folder is MailFolder.Sent || context.IsMe(sender) || context.Me.Count == 0;
        if (isOwn) to.AddRange(message.Bcc.Select(person => person.Address));
        if (message.List is null) return message.IsBulk && !isOwn ? null : to;
        var isAddressed = to.RemoveAll(
            address => address == message.ListAddress || address.Equals(message.List, StringComparison.OrdinalIgnoreCase)) > 0;
        if (answered is not null && _index.Author(answered) is { } author && author != sender
            && EntityRules.Of(author).Kind is not EntityKind.Bot)
        {
            isComment = true;
            return [author];
        }
        if (isAddressed && to.Exists(address => address != sender) && answered is null) return to;
        return context.Options.Lists && (isAddressed || to.Count == 0) ? [] : null;
    }

    private ImportItem? LeaveOut(string reason, RawMail raw)
    {
        context.Report.LeaveOut(reason, raw.File, raw.Number);
        return null;
    }
}

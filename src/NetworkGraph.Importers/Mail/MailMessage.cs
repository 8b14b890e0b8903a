using System.Text.RegularExpressions;
using MimeKit.Utils;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Importers.Mail;

/// <summary>A person in a header field.</summary>
internal readonly record struct MailAddress(string Address, string? Name);

/// <summary>What the header of a message says, as far as it matters here.</summary>
internal sealed partial class MailMessage
{
    /// <summary>No mail is older than this, and 1970 is what a lost date becomes.</summary>
    private const long EarliestMs = 31_536_000_000L * 2;

    private const long DayMs = 86_400_000;

    /// <summary>1990: what claims to be older is mostly a clock that was never set.</summary>
    private const long PlausibleMs = 631_152_000_000L;

    private static readonly string[] s_olderListFields = ["List-Post", "X-BeenThere", "X-Mailing-List", "Mailing-List", "X-Loop"];
    private static readonly string[] s_automaticPrecedence = ["auto_reply", "auto-reply"];

    private MailMessage(string? messageId, MailAddress? from, long? atMs) => (MessageId, From, AtMs) = (messageId, from, atMs);

    /// <summary>Without angle brackets; null for none.</summary>
    public string? MessageId { get; }

    /// <summary>Who wrote it; null where that cannot be read.</summary>
    public MailAddress? From { get; }

    /// <summary>When, Unix ms; null where nothing says it.</summary>
    public long? AtMs { get; }

    public List<MailAddress> To { get; } = [];

    public List<MailAddress> Bcc { get; } = [];

    /// <summary>What it answers, nearest first.</summary>
    public List<string> References { get; } = [];

    /// <summary>The list's id; null where it is no post to a list.</summary>
    public string? List { get; private set; }

    /// <summary>The address of the list, where it is known.</summary>
    public string? ListAddress { get; private set; }

    public bool IsBulk { get; private set; }

    public MailFolder Folder { get; private set; }

    /// <summary>Why it is left out whatever else it is; null where it is not.</summary>
    public string? LeftOut { get; private set; }

    /// <summary>Reads a message. <paramref name="nowMs"/> bounds its date.</summary>
    public static MailMessage Read(RawMail raw, long nowMs)
    {
        var header = new MailHeader(raw.Header);
        var isPipermail = false;
        var from = ReadFrom(header, ref isPipermail);
        var message = new MailMessage(ReadMessageId(header), from, ReadDate(header, raw.FromLine, nowMs))
        {
            Folder = ReadFolder(header, raw.Folder),
        };
        message.ReadRecipients(header);
        message.ReadReferences(header);
        message.ReadList(header, isPipermail, raw.File);
        message.LeftOut = message.ReadLeftOut(header);
        return message;
    }

    /// <summary>The id, and the sender alone: all that the first pass over a mailbox needs.</summary>
    public static string? ReadMessageId(MailHeader header)
    {
        var value = header.Text("Message-ID");
        if (value.Length == 0) return null;
        var id = MimeUtils.ParseMessageId(value) ?? value.Trim('<', '>', ' ');
        return id.Length == 0 ? null : id;
    }

    public static MailAddress? ReadFrom(MailHeader header, ref bool isPipermail)
    {
        var original = MailAddresses.Read(header.Bytes("X-Original-From"));
        var from = header.Bytes("From");
        if (from.AsSpan().IndexOf(" at "u8) > 0 && Pipermail().Match(MailHeader.Decode(from)) is { Success: true } hidden)
        {
            isPipermail = true;
            var name = MimeKit.Utils.Rfc2047.DecodePhrase(System.Text.Encoding.UTF8.GetBytes(hidden.Groups[3].Value));
            return new MailAddress($"{hidden.Groups[1].Value}@{hidden.Groups[2].Value}", ItemBuilder.Text(name, 200));
        }
        var senders = MailAddresses.Read(from);
        if (senders.Count == 0) return original.Count > 0 ? original[0] : null;
        if (original.Count > 0) return original[0];
        // Lists rewrite who wrote: "Ann via List" <list@...>, with the true address to reply to.
        if (senders[0].Name is { } display && header.Has("List-Id")
            && Via().IsMatch(display) && MailAddresses.Read(header.Bytes("Reply-To")) is [var replyTo, ..])
            return new MailAddress(replyTo.Address, Via().Replace(display, ""));
        return senders[0];
    }

    public static MailFolder ReadFolder(MailHeader header, MailFolder place)
    {
        var found = place;
        foreach (var label in header.All("X-Gmail-Labels").Concat(header.All("X-Folder")))
            foreach (var name in Rfc2047.DecodeText(label).Split(','))
                if (MailFolders.Of(name.Trim('"', ' ')) is not MailFolder.Other and var folder
                    && (found is MailFolder.Other or MailFolder.Sent))
                    found = folder;
        return found is MailFolder.Other && header.Bytes("X-Spam-Flag").AsSpan().StartsWith("YES"u8) ? MailFolder.Spam : found;
    }

    private void ReadRecipients(MailHeader header)
    {
        foreach (var field in header.All("To").Concat(header.All("Cc"))) To.AddRange(MailAddresses.Read(field));
        foreach (var field in header.All("Bcc")) Bcc.AddRange(MailAddresses.Read(field));
    }

    private void ReadReferences(MailHeader header)
    {
        References.AddRange(MimeUtils.EnumerateReferences(header.Text("In-Reply-To")));
        References.AddRange(MimeUtils.EnumerateReferences(header.Text("References")).Reverse().Take(20));
    }

    private void ReadList(MailHeader header, bool isPipermail, string file)
    {
        var precedence = header.Text("Precedence").ToLowerInvariant();
        var id = header.Text("List-Id");
        if (id.Length > 0) List = id.LastIndexOf('<') is >= 0 and var open ? id[(open + 1)..].Trim('>', ' ') : id;
        else if (isPipermail)
        {
            List = SubjectTag().Match(header.Text("Subject")) is { Success: true } tag
                ? tag.Groups[1].Value
                : Path.GetFileNameWithoutExtension(file);
        }
        else if (OlderListAddress(header) is { } older) List = older;
        else if (precedence == "list") List = To.Count > 0 ? To[0].Address : null;
        if (MailTo().Match(header.Text("List-Post")) is { Success: true } post) ListAddress = post.Groups[1].Value.ToLowerInvariant();
        else if (List is not null
            && List.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && !List.Contains('@', StringComparison.Ordinal))
            ListAddress = $"{List[..dot]}@{List[(dot + 1)..]}".ToLowerInvariant();
        else if (List is not null && List.Contains('@', StringComparison.Ordinal)) ListAddress = List.ToLowerInvariant();
        IsBulk = precedence is "bulk" or "junk" || header.Has("List-Unsubscribe") || header.Has("X-Campaign")
            || header.Has("X-CampaignID") || header.Has("Feedback-ID");
    }

    /// <summary>The address of a list, where its software says it in a field of before RFC 2919; null for none.</summary>
    private static string? OlderListAddress(MailHeader header)
    {
        foreach (var name in s_olderListFields)
        {
            var value = header.Text(name);
            if (value.Length == 0) continue;
            var address = MailTo().Match(value) is { Success: true } link ? link.Groups[1].Value : AnyAddress().Match(value).Value;
            if (address.Length > 0) return address.ToLowerInvariant();
        }
        return null;
    }

    private string? ReadLeftOut(MailHeader header)
    {
        var status = header.Text("X-Mozilla-Status");
        if (status.Length == 4
            && int.TryParse(status, System.Globalization.NumberStyles.HexNumber, null, out var flags) && (flags & 0x8) != 0)
            return LeftOutReasons.Deleted;
        var marks = header.Bytes("X-Status");
        if (marks.Length is > 0 and < 8 && marks.Contains((byte)'D')) return LeftOutReasons.Deleted;
        if (Folder is MailFolder.Draft || header.Text("X-Unsent") == "1" || marks.Length is > 0 and < 8 && marks.Contains((byte)'T'))
            return LeftOutReasons.Draft;
        if (Folder is MailFolder.Spam or MailFolder.Trash) return LeftOutReasons.Spam;
        if (Folder is MailFolder.Chat) return LeftOutReasons.Chat;
        if (IsAutomatic(header)) return LeftOutReasons.Automatic;
        return From is { } sender && EntityRules.Of(sender.Address).Kind is EntityKind.Bot ? LeftOutReasons.Robot : null;
    }

    /// <summary>An answer, a receipt or a report that a program wrote in somebody's name.</summary>
    private static bool IsAutomatic(MailHeader header)
    {
        var automatic = header.Text("Auto-Submitted");
        if (automatic.Length > 0 && !automatic.StartsWith("no", StringComparison.OrdinalIgnoreCase)) return true;
        if (header.Has("X-Autoreply") || header.Has("X-Autorespond") || header.Has("X-Auto-Reply")
            || s_automaticPrecedence.Contains(header.Text("Precedence").ToLowerInvariant()))
            return true;
        var type = header.Text("Content-Type");
        if (type.StartsWith("multipart/report", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("message/d", StringComparison.OrdinalIgnoreCase))
            return true;
        // Only what must not be answered, such as a report of what was not delivered, comes from nobody.
        if (header.Bytes("Return-Path").AsSpan().SequenceEqual("<>"u8)) return true;
        if (header.Text("Sender").Contains("calendar-notification@", StringComparison.OrdinalIgnoreCase)) return true;
        var subject = header.Bytes("Subject");
        if (subject.AsSpan().StartsWith("Re:"u8)) return false;
        return AutomaticSubject().IsMatch(subject.AsSpan().IndexOf("=?"u8) >= 0 ? Rfc2047.DecodeText(subject) : MailHeader.Decode(subject));
    }

    /// <summary>
    /// The Date field, else when it was received, else what the From_ line says; never the epoch, and never what lies ahead. A
    /// clock that was wrong shows in a date of before there was mail, or of long after the message was received.
    /// </summary>
    private static long? ReadDate(MailHeader header, string fromLine, long nowMs)
    {
        var sent = Sane(header.Bytes("Date"), nowMs);
        var received = FirstReceived(header, nowMs);
        if (sent is { } date && (received is not { } arrived
            || date >= PlausibleMs && date < arrived + 2 * DayMs
            || date < PlausibleMs && arrived < PlausibleMs))
            return date;
        if (received is not null) return received;
        if (header.Has("Delivery-Date") && Sane(header.Bytes("Delivery-Date"), nowMs) is { } delivery) return delivery;
        return FromLine.Date(fromLine) is { } delivered && delivered > EarliestMs && delivered < nowMs + DayMs ? delivered : sent;
    }

    private static long? FirstReceived(MailHeader header, long nowMs)
    {
        foreach (var field in header.All("Received"))
            if (OfReceived(field, nowMs) is { } at) return at;
        return null;
    }

    private static long? OfReceived(byte[] received, long nowMs)
    {
        var semicolon = Array.LastIndexOf(received, (byte)';');
        return semicolon < 0 ? null : Sane(received[(semicolon + 1)..], nowMs);
    }

    private static long? Sane(byte[] value, long nowMs)
    {
        if (value.Length < 6) return null;
        if (MailDate.TryParse(value, out var unixMs)) return InRange(unixMs, nowMs);
        if (Times.LooseDate.TryParse(MailHeader.Decode(value), null, NodaTime.DateTimeZone.Utc, out unixMs, out _))
            return InRange(unixMs, nowMs);
        return DateUtils.TryParse(value, out var date) ? InRange(date.ToUnixTimeMilliseconds(), nowMs) : null;
    }

    private static long? InRange(long unixMs, long nowMs) => unixMs > EarliestMs && unixMs < nowMs + DayMs ? unixMs : null;

    [GeneratedRegex(
        @"^\s*<?([^\s@<>()]+) at ([^\s@<>()]+)>?\s*(?:\((.*)\))?\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pipermail();

    [GeneratedRegex(
        @"\s+(?:via|über|par|por)\s+.+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Via();

    [GeneratedRegex(@"^\s*(?:Re:\s*)?\[([^\]]{1,60})\]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SubjectTag();

    [GeneratedRegex(@"mailto:([^\s?>,]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MailTo();

    [GeneratedRegex(@"[^\s<>@;,]+@[^\s<>@;,]+\.[^\s<>@;,]+", RegexOptions.CultureInvariant)]
    private static partial Regex AnyAddress();

    [GeneratedRegex(@"^\s*(?:auto(?:matic)?[ -]?reply|out of (?:the )?office|automatische antwort|abwesenheitsnotiz|abwesend"
        + @"|r[ée]ponse automatique|absence du bureau|respuesta autom[áa]tica|fuera de (?:la )?oficina)\s*(?:re)?\s*:"
        + @"|^\s*(?:undeliver(?:able|ed)\b|delivery status notification|mail delivery failed|returned mail:|unzustellbar:|non remis\s*:"
        + @"|no se puede entregar:)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AutomaticSubject();
}

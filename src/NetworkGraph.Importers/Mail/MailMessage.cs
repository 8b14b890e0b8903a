using System.Text.RegularExpressions;
using MimeKit;
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
        var message = new MailMessage(ReadMessageId(header), from, ReadDate(header, raw.FromLine, nowMs)) { Folder = ReadFolder(header, raw.Folder) };
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
        var original = Addresses(header.Bytes("X-Original-From"));
        var from = header.Bytes("From");
        if (Pipermail().Match(MailHeader.Decode(from)) is { Success: true } hidden)
        {
            isPipermail = true;
            var name = MimeKit.Utils.Rfc2047.DecodePhrase(System.Text.Encoding.UTF8.GetBytes(hidden.Groups[3].Value));
            return new MailAddress($"{hidden.Groups[1].Value}@{hidden.Groups[2].Value}", ItemBuilder.Text(name, 200));
        }
        var senders = Addresses(from);
        if (senders.Count == 0) return original.Count > 0 ? original[0] : null;
        if (original.Count > 0) return original[0];
        // Lists rewrite who wrote: "Ann via List" <list@...>, with the true address to reply to.
        if (senders[0].Name is { } display && Via().IsMatch(display) && Addresses(header.Bytes("Reply-To")) is [var replyTo, ..] && header.Has("List-Id"))
            return new MailAddress(replyTo.Address, Via().Replace(display, ""));
        return senders[0];
    }

    public static MailFolder ReadFolder(MailHeader header, MailFolder place)
    {
        var found = place;
        foreach (var label in header.All("X-Gmail-Labels").Concat(header.All("X-Folder")))
            foreach (var name in Rfc2047.DecodeText(label).Split(','))
                if (MailFolders.Of(name) is not MailFolder.Other and var folder && (found is MailFolder.Other or MailFolder.Sent)) found = folder;
        return found;
    }

    /// <summary>The people of an address field, groups opened; what is no address is passed by.</summary>
    public static List<MailAddress> Addresses(byte[] value)
    {
        var found = new List<MailAddress>();
        if (value.Length == 0 || !InternetAddressList.TryParse(value, out var list)) return found;
        foreach (var mailbox in list.Mailboxes)
        {
            var address = mailbox.Address;
            if (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) address = address[7..];
            var at = address.IndexOf('@', StringComparison.Ordinal);
            if (at <= 0 || at == address.Length - 1 || address.AsSpan().ContainsAny(" \t/")) continue;
            found.Add(new MailAddress(address.ToLowerInvariant(), ItemBuilder.Text(mailbox.Name, 200)));
        }
        return found;
    }

    private void ReadRecipients(MailHeader header)
    {
        foreach (var field in header.All("To").Concat(header.All("Cc"))) To.AddRange(Addresses(field));
        foreach (var field in header.All("Bcc")) Bcc.AddRange(Addresses(field));
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
        else if (isPipermail) List = SubjectTag().Match(header.Text("Subject")) is { Success: true } tag ? tag.Groups[1].Value : Path.GetFileNameWithoutExtension(file);
        else if (precedence == "list") List = To.Count > 0 ? To[0].Address : null;
        if (MailTo().Match(header.Text("List-Post")) is { Success: true } post) ListAddress = post.Groups[1].Value.ToLowerInvariant();
        else if (List is not null && List.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && !List.Contains('@', StringComparison.Ordinal)) ListAddress = $"{List[..dot]}@{List[(dot + 1)..]}".ToLowerInvariant();
        else if (List is not null && List.Contains('@', StringComparison.Ordinal)) ListAddress = List.ToLowerInvariant();
        IsBulk = precedence is "bulk" or "junk" || header.Has("List-Unsubscribe") || header.Has("X-Campaign") || header.Has("X-CampaignID") || header.Has("Feedback-ID");
    }

    private string? ReadLeftOut(MailHeader header)
    {
        var status = header.Text("X-Mozilla-Status");
        if (status.Length == 4 && int.TryParse(status, System.Globalization.NumberStyles.HexNumber, null, out var flags) && (flags & 0x8) != 0) return LeftOutReasons.Deleted;
        if (Folder is MailFolder.Draft || header.Text("X-Unsent") == "1") return LeftOutReasons.Draft;
        if (Folder is MailFolder.Spam or MailFolder.Trash) return LeftOutReasons.Spam;
        if (Folder is MailFolder.Chat) return LeftOutReasons.Chat;
        var automatic = header.Text("Auto-Submitted");
        if (automatic.Length > 0 && !automatic.StartsWith("no", StringComparison.OrdinalIgnoreCase)) return LeftOutReasons.Automatic;
        if (header.Has("X-Autoreply") || header.Has("X-Autorespond") || s_automaticPrecedence.Contains(header.Text("Precedence").ToLowerInvariant())) return LeftOutReasons.Automatic;
        if (header.Text("Content-Type").StartsWith("multipart/report", StringComparison.OrdinalIgnoreCase)) return LeftOutReasons.Automatic;
        return From is { } sender && EntityRules.Of(sender.Address).Kind is EntityKind.Bot ? LeftOutReasons.Robot : null;
    }

    /// <summary>The Date field, else when it was received, else what the From_ line says; never the epoch, and never what lies ahead.</summary>
    private static long? ReadDate(MailHeader header, string fromLine, long nowMs)
    {
        if (Sane(header.Bytes("Date")) is { } sent) return sent;
        foreach (var received in header.All("Received"))
        {
            var semicolon = Array.LastIndexOf(received, (byte)';');
            if (semicolon >= 0 && Sane(received[(semicolon + 1)..]) is { } at) return at;
        }
        return FromLine.Date(fromLine) is { } delivered && delivered > EarliestMs && delivered < nowMs + DayMs ? delivered : null;

        long? Sane(byte[] value)
        {
            if (value.Length == 0) return null;
            if (!DateUtils.TryParse(value, out var date))
            {
                return Times.LooseDate.TryParse(MailHeader.Decode(value), null, null, out var loose, out _) && loose > EarliestMs && loose < nowMs + DayMs ? loose : null;
            }
            var unixMs = date.ToUnixTimeMilliseconds();
            return unixMs > EarliestMs && unixMs < nowMs + DayMs ? unixMs : null;
        }
    }

    [GeneratedRegex(@"^\s*<?([^\s@<>()]+) at ([^\s@<>()]+)>?\s*(?:\((.*)\))?\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pipermail();

    [GeneratedRegex(@"\s+(?:via|über|par|por)\s+.+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Via();

    [GeneratedRegex(@"^\s*(?:Re:\s*)?\[([^\]]{1,60})\]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SubjectTag();

    [GeneratedRegex(@"mailto:([^\s?>,]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MailTo();
}

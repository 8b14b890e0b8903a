using System.Text;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Mail;

/// <summary>Mailboxes of one file: mbox of any quoting, Google Takeout, Thunderbird, Pipermail archives.</summary>
public sealed class MboxFormat : IImportFormat
{
    public string Name => "mbox";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) => [.. files.Where(IsMbox)];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(new MailImport(new RawMails(files, isMbox: true, MailBody.BytesFor(context)), context).Read());
    }

    private static bool IsMbox(ImportFile file)
    {
        var head = file.Head;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) head = head[3..];
        head = head.TrimStart("\r\n"u8);
        if (!head.StartsWith("From "u8)) return false;
        var end = head.IndexOf((byte)'\n');
        if (end <= 0 || FromLine.FormOf(head[..end].TrimEnd((byte)'\r')) is FromLineForm.None) return false;
        return MailHeader.IsField(head[(end + 1)..]) || MailHeader.HasKnownField(head[(end + 1)..]);
    }
}

/// <summary>A Maildir: folders cur and new with one file a message, whose flags stand in its name.</summary>
public sealed class MaildirFormat : IImportFormat
{
    public string Name => "maildir";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) =>
        [.. files.Where(file => file.Folders is [.., "cur" or "new"] && EmlFormat.IsMessage(file))];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(new MailImport(new RawMails(files, isMbox: false, MailBody.BytesFor(context)), context).Read());
    }
}

/// <summary>Messages in files of their own, as mail programs save them and <c>readpst -e</c> writes them.</summary>
public sealed class EmlFormat : IImportFormat
{
    private static readonly string[] s_fields = ["from", "to", "subject", "date", "message-id", "received", "return-path", "mime-version",
        "delivered-to", "x-mozilla-status", "cc", "reply-to", "content-type", "dkim-signature"];

    public string Name => "eml";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) => [.. files.Where(IsMessage)];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(new MailImport(new RawMails(files, isMbox: false, MailBody.BytesFor(context)), context).Read());
    }

    /// <summary>Whether a file begins with a header block that has a sender or a date.</summary>
    internal static bool IsMessage(ImportFile file)
    {
        var known = 0;
        var lines = 0;
        foreach (var line in Encoding.Latin1.GetString(WithoutMarks(file.Head)).Split('\n').Take(200))
        {
            var text = line.TrimEnd('\r');
            if (text.Length == 0) break;
            lines++;
            if (text[0] is ' ' or '\t' || lines == 1 && text.StartsWith("From ", StringComparison.Ordinal)) continue;
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            // A line that is no field is one broken line; several, or one at the beginning, are another kind of text.
            if (colon <= 0 || !MailHeader.IsField(Encoding.Latin1.GetBytes(text)))
            {
                if (known < 2) return false;
                continue;
            }
            if (s_fields.Contains(text[..colon].Trim().ToLowerInvariant())) known++;
        }
        return known >= 2;
    }

    /// <summary>The message without a byte order mark, blank lines, or the line of its length (Apple's emlx) before it.</summary>
    internal static ReadOnlySpan<byte> WithoutMarks(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) content = content[3..];
        var line = content.IndexOf((byte)'\n');
        if (line is > 0 and < 16 && content[..line].TrimEnd(" \r"u8) is { IsEmpty: false } length
            && !length.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            content = content[(line + 1)..];
        return content.TrimStart("\r\n"u8);
    }
}

/// <summary>How much of a message's body is looked at: nothing, unless its text is read for what was given or asked.</summary>
internal static class MailBody
{
    private const int MaxBytes = 128 << 10;

    public static int BytesFor(ImportContext context) => context.Options.ReadText ? MaxBytes : 0;
}

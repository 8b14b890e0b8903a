using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Mail;

/// <summary>A message as it lies in a mailbox: its header block and, where asked for, the beginning of its body.</summary>
/// <param name="Folder">What the place it lies in says.</param>
internal sealed record RawMail(
    byte[] Header, byte[] Body, string FromLine, MailFolder Folder, string File, long Number, string? Unreadable = null);

/// <summary>Where messages come from: mbox files, or one file a message.</summary>
internal sealed class RawMails(IReadOnlyList<ImportFile> files, bool isMbox, int maxBodyBytes)
{
    private const int MaxHeaderBytes = 1 << 20;

    /// <summary>All messages, each time from the beginning.</summary>
    public IEnumerable<RawMail> All(CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var mail in isMbox ? Mbox(file, cancellation) : Single(file)) yield return mail;
        }
    }

    private IEnumerable<RawMail> Mbox(ImportFile file, CancellationToken cancellation)
    {
        var folder = MailFolders.OfPath(file.Path);
        using var reader = new MboxReader(file.Open(), maxBodyBytes);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            RawMail? mail;
            try
            {
                mail = reader.Next()
                    ? new RawMail(reader.Header.ToArray(), reader.Body.ToArray(), reader.FromLine, folder, file.Path, reader.Number) : null;
            }
            catch (Exception broken) when (broken is InvalidDataException or IOException)
            {
                mail = new RawMail([], [], "", folder, file.Path, reader.Number + 1, broken.Message);
            }
            if (mail is null) yield break;
            yield return mail;
            if (mail.Unreadable is not null) yield break;
        }
    }

    private IEnumerable<RawMail> Single(ImportFile file)
    {
        byte[] bytes;
        string? broken = null;
        try
        {
            using var stream = file.Open();
            var buffer = new byte[MaxHeaderBytes + maxBodyBytes];
            bytes = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            (bytes, broken) = ([], failure.Message);
        }
        ReadOnlySpan<byte> content = bytes;
        content = EmlFormat.WithoutMarks(content);
        var fromLine = "";
        if (content.StartsWith("From "u8) && content.IndexOf((byte)'\n') is >= 0 and var first)
        {
            fromLine = FromLine.Text(content[..first]);
            content = content[(first + 1)..];
        }
        var end = content.IndexOf("\n\n"u8) is >= 0 and var lf ? lf + 1 : -1;
        var crlf = content.IndexOf("\r\n\r\n"u8);
        if (crlf >= 0 && (end < 0 || crlf + 2 < end)) end = crlf + 2;
        var header = end < 0 ? content.ToArray() : content[..end].ToArray();
        var body = end < 0 || maxBodyBytes == 0 ? [] : content[end..Math.Min(content.Length, end + maxBodyBytes)].ToArray();
        return [new RawMail(header, body, fromLine, Flags(file) ?? MailFolders.OfFolders(file.Path), file.Path, 1, broken)];
    }

    /// <summary>Flags of a Maildir file stand at the end of its name: 2,DST.</summary>
    private static MailFolder? Flags(ImportFile file)
    {
        var at = file.Name.LastIndexOf("2,", StringComparison.Ordinal);
        if (at <= 0 || file.Name[at - 1] is not (':' or ';' or '!' or '_')) return null;
        var flags = file.Name.AsSpan(at + 2);
        return flags.Contains('T') ? MailFolder.Trash : flags.Contains('D') ? MailFolder.Draft : null;
    }
}

using MimeKit;
using NetworkGraph.Importers.Exchanges;

namespace NetworkGraph.Importers.Mail;

/// <summary>The text of a message, for as long as it takes to read what was asked or given.</summary>
internal static class MailText
{
    /// <summary>What a message says; nothing where its body cannot be decoded.</summary>
    public static ExchangeReader.Reading Read(RawMail raw)
    {
        if (raw.Body.Length == 0) return default;
        using var stream = new MemoryStream(raw.Header.Length + raw.Body.Length + 2);
        stream.Write(raw.Header);
        if (raw.Header is not [.., (byte)'\n']) stream.WriteByte((byte)'\n');
        stream.WriteByte((byte)'\n');
        stream.Write(raw.Body);
        stream.Position = 0;
        try
        {
            using var message = MimeMessage.Load(stream);
            return message.TextBody is { Length: > 0 } text ? ExchangeReader.Read(text)
                : message.HtmlBody is { Length: > 0 } html ? ExchangeReader.Read(OwnWords.OfHtml(html))
                : default;
        }
        catch (Exception broken) when (broken is FormatException or IOException or NotSupportedException or ArgumentException)
        {
            // Its header was read all the same: a body that no one can decode says nothing.
            return default;
        }
    }
}

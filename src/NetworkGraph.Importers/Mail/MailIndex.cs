using System.Security.Cryptography;
using System.Text;

namespace NetworkGraph.Importers.Mail;

/// <summary>
/// What a first pass over a mailbox finds: who wrote each message, how many copies of it there are, and whose mailbox it is. Keeps a few
/// bytes a message, whatever its size.
/// </summary>
internal sealed class MailIndex
{
    private readonly Dictionary<ulong, Entry> _messages = [];
    private readonly Dictionary<string, int> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _delivered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _authors = new(StringComparer.Ordinal);

    private readonly record struct Entry(string? Author, int Copies);

    /// <summary>Looks at one message.</summary>
    public void Add(RawMail raw)
    {
        var header = new MailHeader(raw.Header);
        var isPipermail = false;
        var author = MailMessage.ReadFrom(header, ref isPipermail)?.Address;
        if (author is not null)
        {
            if (!_authors.TryAdd(author, author)) author = _authors[author];
            if (MailMessage.ReadFolder(header, raw.Folder) is MailFolder.Sent) Count(_sent, author);
        }
        foreach (var field in (string[])["Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To"])
        {
            if (MailAddresses.Read(header.Bytes(field)) is not [var owner, ..]) continue;
            Count(_delivered, owner.Address);
            break;
        }
        if (MailMessage.ReadMessageId(header) is not { } id) return;
        var key = Key(id);
        _messages[key] = _messages.TryGetValue(key, out var known) ? known with { Copies = known.Copies + 1 } : new Entry(author, 1);
    }

    /// <summary>How many messages of this id there are.</summary>
    public int Copies(string id) => _messages.GetValueOrDefault(Key(id)).Copies;

    public bool IsKnown(string id) => _messages.ContainsKey(Key(id));

    /// <summary>Who wrote the message of this id; null where it is not here.</summary>
    public string? Author(string id) => _messages.GetValueOrDefault(Key(id)).Author;

    /// <summary>Whose mailbox it is, and why; null where nothing says so.</summary>
    public (string? Owner, string Because) Owner() =>
        _sent.Count > 0 ? (Most(_sent), "it sent the messages in Sent")
        : _delivered.Count > 0 ? (Most(_delivered), "most messages were delivered to it")
        : (null, "");

    private static ulong Key(string id) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static void Count(Dictionary<string, int> counts, string address) => counts[address] = counts.GetValueOrDefault(address) + 1;

    private static string Most(Dictionary<string, int> counts) =>
        counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).First().Key;
}

using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace NetworkGraph.Importers.Mail;

/// <summary>
/// The fields of a message's header block, unfolded, as bytes: several thousand are looked up each second, most of them never decoded.
/// </summary>
internal readonly ref struct MailHeader(ReadOnlySpan<byte> block)
{
    private const int MaxLinesLookedAt = 12;

    private static readonly string[] s_known =
    [
        "From", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID", "Received", "Return-Path", "Reply-To", "Sender", "In-Reply-To",
            "References", "MIME-Version", "Delivered-To",
        "Content-Type", "Content-Length", "Content-Transfer-Encoding", "Status", "List-Id", "DKIM-Signature", "Authentication-Results",
            "ARC-Seal", "Received-SPF", "Precedence", "Envelope-To",
    ];

    private const int UsualFields = 64;

    private readonly ReadOnlySpan<byte> _block = block;
    private readonly Field[] _fields = FieldsOf(block);

    private readonly record struct Field(int Start, int NameLength, int Value, int End);

    /// <summary>The first field of a name, unfolded and trimmed; empty for none.</summary>
    public byte[] Bytes(string name) => Find(name, 0, out _);

    /// <summary>The first field of a name as text; empty for none.</summary>
    public string Text(string name) => Decode(Bytes(name));

    public bool Has(string name)
    {
        foreach (var field in _fields)
            if (field.NameLength == name.Length && Ascii.EqualsIgnoreCase(_block.Slice(field.Start, field.NameLength), name)) return true;
        return false;
    }

    /// <summary>All fields of a name, in their order.</summary>
    public List<byte[]> All(string name)
    {
        var all = new List<byte[]>();
        for (var at = 0; all.Count < 100;)
        {
            var value = Find(name, at, out at);
            if (at == 0) return all;
            all.Add(value);
        }
        return all;
    }

    /// <summary>Whether a line can be a header field.</summary>
    public static bool IsField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || colon > 80) return false;
        foreach (var c in line[..colon])
            if (c is < 33 or > 126) return false;
        return true;
    }

    /// <summary>Whether a header block has one of the usual fields of mail among its first lines.</summary>
    public static bool HasKnownField(ReadOnlySpan<byte> block)
    {
        for (var lines = 0; lines < MaxLinesLookedAt && !block.IsEmpty; lines++)
        {
            var end = block.IndexOf((byte)'\n');
            var line = (end < 0 ? block : block[..end]).TrimEnd((byte)'\r');
            if (line.IsEmpty) return false;
            if (IsKnownField(line)) return true;
            block = end < 0 ? [] : block[(end + 1)..];
        }
        return false;
    }

    private static bool IsKnownField(ReadOnlySpan<byte> line)
    {
        if (!IsField(line)) return false;
        var name = line[..line.IndexOf((byte)':')];
        foreach (var known in s_known)
            if (name.Length == known.Length && Ascii.EqualsIgnoreCase(name, known)) return true;
        return name.Length > 2 && name[0] is (byte)'X' or (byte)'x' && name[1] == '-';
    }

    public static long? ContentLength(ReadOnlySpan<byte> block)
    {
        if (block.IndexOf("ontent-Length"u8) < 0 && block.IndexOf("ontent-length"u8) < 0 && block.IndexOf("ONTENT-LENGTH"u8) < 0)
            return null;
        var value = new MailHeader(block).Bytes("Content-Length");
        return value.Length > 0 && Utf8Parser.TryParse(value, out long length, out var used) && used == value.Length && length >= 0
            ? length : null;
    }

    public static string Decode(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    /// <summary><paramref name="next"/> is the field behind the one found; 0 for none.</summary>
    private byte[] Find(string name, int from, out int next)
    {
        next = 0;
        for (var i = from; i < _fields.Length; i++)
        {
            var field = _fields[i];
            if (field.NameLength != name.Length || !Ascii.EqualsIgnoreCase(_block.Slice(field.Start, field.NameLength), name)) continue;
            next = i + 1;
            return Unfold(_block[field.Value..field.End]);
        }
        return [];
    }

    /// <summary>Where the fields of a block lie; lines that are none are passed by.</summary>
    private static Field[] FieldsOf(ReadOnlySpan<byte> block)
    {
        Span<Field> found = stackalloc Field[UsualFields];
        List<Field>? more = null;
        var count = 0;
        for (var at = 0; at < block.Length;)
        {
            var end = FieldEnd(block, at);
            var colon = block[at..end].IndexOf((byte)':');
            if (colon > 0)
            {
                var field = new Field(at, block.Slice(at, colon).TrimEnd((byte)' ').Length, at + colon + 1, end);
                if (count < found.Length) found[count++] = field;
                else (more ??= []).Add(field);
            }
            at = end;
        }
        return more is null ? found[..count].ToArray() : [.. found[..count], .. more];
    }

    /// <summary>Where the field at an offset ends: at a line that does not begin with white space.</summary>
    private static int FieldEnd(ReadOnlySpan<byte> block, int at)
    {
        while (true)
        {
            var end = block[at..].IndexOf((byte)'\n');
            if (end < 0) return block.Length;
            at += end + 1;
            if (at >= block.Length || block[at] is not ((byte)' ' or (byte)'\t')) return at;
        }
    }

    private static byte[] Unfold(ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t\r\n"u8);
        if (!value.ContainsAny((byte)'\n', (byte)'\r')) return value.ToArray();
        var unfolded = new byte[value.Length];
        var length = 0;
        foreach (var b in value)
            if (b is not ((byte)'\r' or (byte)'\n')) unfolded[length++] = b == '\t' ? (byte)' ' : b;
        return unfolded[..length];
    }
}

using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace NetworkGraph.Events.Log;

/// <summary>
/// A series of texts in few bytes. Each starts with a varint whose low three bits are its form:
/// UTF-8 whole (rest: bytes), UTF-8 that shares its first bytes with the UTF-8 text before (rest: further bytes; then the
/// count shared), 32 hexadecimal digits and UUIDs (16 bytes), decimal numbers (rest: zigzag of the difference to the
/// number before), and UTF-16 for what is not valid Unicode (rest: characters). Every string comes back as it was.
/// One writer and one reader keep the text and number before; <see cref="Restart"/> forgets them.
/// </summary>
internal static class CompactText
{
    internal const int Whole = 0;
    internal const int Continued = 1;
    internal const int Hex = 2;
    internal const int Uuid = 3;
    internal const int Number = 4;
    internal const int Utf16 = 5;

    /// <summary>More digits would not leave room for form and sign in 64 bits.</summary>
    internal const int MaxDigits = 17;

    internal const int HexChars = 32;
    internal const int UuidChars = 36;
    internal const int RawBytes = 16;

    internal static readonly SearchValues<char> LowerHexAndDash = SearchValues.Create("0123456789abcdef-");

    /// <summary>True where it is a decimal number without leading zeros of at most <see cref="MaxDigits"/> digits.</summary>
    internal static bool IsNumber(string text, out long number)
    {
        number = 0;
        if (text.Length is 0 or > MaxDigits || (text[0] == '0' && text.Length > 1)) return false;
        foreach (var one in text)
        {
            if (!char.IsAsciiDigit(one)) return false;
            number = number * 10 + (one - '0');
        }
        return true;
    }
}

/// <summary>Writes a series of texts; see <see cref="CompactText"/>.</summary>
internal sealed class CompactTextWriter
{
    private byte[] _before = new byte[512];
    private byte[] _now = new byte[512];
    private int _beforeLength;
    private long _numberBefore;

    public void Restart()
    {
        _beforeLength = 0;
        _numberBefore = 0;
    }

    public void Write(string text, ByteWriter to)
    {
        if (text.Length == CompactText.HexChars && WriteHex(text, to)) return;
        if (text.Length == CompactText.UuidChars && WriteUuid(text, to)) return;
        if (text.Length <= CompactText.MaxDigits && CompactText.IsNumber(text, out var number))
        {
            var difference = number - _numberBefore;
            to.Varint(((ulong)((difference << 1) ^ (difference >> 63)) << 3) | CompactText.Number);
            _numberBefore = number;
            return;
        }
        WriteUtf8(text, to);
    }

    private static bool WriteHex(string text, ByteWriter to)
    {
        if (text.AsSpan().ContainsAnyInRange('A', 'F')) return false;
        var room = to.Room(1 + CompactText.RawBytes);
        if (Convert.FromHexString(text, room.Slice(1, CompactText.RawBytes), out _, out _) != OperationStatus.Done) return false;
        room[0] = CompactText.Hex;
        to.Advance(1 + CompactText.RawBytes);
        return true;
    }

    private static bool WriteUuid(string text, ByteWriter to)
    {
        // Guid parses more than it writes (capitals, signs); only what it writes back the same is stored as one.
        if (text.AsSpan().ContainsAnyExcept(CompactText.LowerHexAndDash) || !Guid.TryParseExact(text, "D", out var uuid)) return false;
        var room = to.Room(1 + CompactText.RawBytes);
        room[0] = CompactText.Uuid;
        uuid.TryWriteBytes(room[1..], bigEndian: true, out _);
        to.Advance(1 + CompactText.RawBytes);
        return true;
    }

    private void WriteUtf8(string text, ByteWriter to)
    {
        var most = checked(text.Length * 3);
        if (_now.Length < most) _now = new byte[most];
        if (Utf8.FromUtf16(text, _now, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            to.Varint(((ulong)text.Length << 3) | CompactText.Utf16);
            to.Bytes(MemoryMarshal.AsBytes(text.AsSpan()));
            return;
        }
        var shared = _before.AsSpan(0, _beforeLength).CommonPrefixLength(_now.AsSpan(0, length));
        if (shared < 2)
        {
            to.Varint(((ulong)length << 3) | CompactText.Whole);
            to.Bytes(_now.AsSpan(0, length));
        }
        else
        {
            to.Varint(((ulong)(length - shared) << 3) | CompactText.Continued);
            to.Varint((ulong)shared);
            to.Bytes(_now.AsSpan(shared, length - shared));
        }
        (_before, _now) = (_now, _before);
        _beforeLength = length;
    }
}

/// <summary>Reads a series of texts; see <see cref="CompactText"/>.</summary>
internal sealed class CompactTextReader
{
    private byte[] _before = new byte[512];
    private char[] _chars = new char[512];
    private int _beforeLength;
    private long _numberBefore;

    public void Restart()
    {
        _beforeLength = 0;
        _numberBefore = 0;
    }

    public string Read(ref ByteReader from) => new(ReadChars(ref from));

    public string Read(ref ByteReader from, TextPool pool) => pool.Get(ReadChars(ref from));

    /// <summary>Passes over a text, remembering what the next may continue.</summary>
    public void Skip(ref ByteReader from)
    {
        var head = from.Varint();
        switch (head & 7)
        {
            case CompactText.Whole:
                TakeUtf8(ref from, 0, head >> 3);
                return;
            case CompactText.Continued:
                TakeUtf8(ref from, from.Count(_beforeLength), head >> 3);
                return;
            case CompactText.Hex or CompactText.Uuid:
                from.Bytes(CompactText.RawBytes);
                return;
            case CompactText.Number:
                TakeNumber(head);
                return;
            case CompactText.Utf16:
                TakeUtf16(ref from, head >> 3);
                return;
            default:
                from.Corrupted("has a text of no known form");
                return;
        }
    }

    private ReadOnlySpan<char> ReadChars(ref ByteReader from)
    {
        var head = from.Varint();
        switch (head & 7)
        {
            case CompactText.Whole:
                TakeUtf8(ref from, 0, head >> 3);
                return BeforeAsChars(ref from);
            case CompactText.Continued:
                TakeUtf8(ref from, from.Count(_beforeLength), head >> 3);
                return BeforeAsChars(ref from);
            case CompactText.Hex:
                Convert.TryToHexStringLower(from.Bytes(CompactText.RawBytes), _chars, out var hex);
                return _chars.AsSpan(0, hex);
            case CompactText.Uuid:
                new Guid(from.Bytes(CompactText.RawBytes), bigEndian: true).TryFormat(_chars, out var uuid);
                return _chars.AsSpan(0, uuid);
            case CompactText.Number:
                TakeNumber(head);
                _numberBefore.TryFormat(_chars, out var digits);
                return _chars.AsSpan(0, digits);
            case CompactText.Utf16:
                return MemoryMarshal.Cast<byte, char>(TakeUtf16(ref from, head >> 3));
            default:
                from.Corrupted("has a text of no known form");
                return default;
        }
    }

    private void TakeNumber(ulong head)
    {
        var zigzag = head >> 3;
        _numberBefore += (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }

    private static ReadOnlySpan<byte> TakeUtf16(ref ByteReader from, ulong chars)
    {
        if (chars > (ulong)from.Remaining / sizeof(char)) from.Corrupted("has a text longer than what is left");
        return from.Bytes((int)chars * sizeof(char));
    }

    private void TakeUtf8(ref ByteReader from, int shared, ulong further)
    {
        if (further > (ulong)from.Remaining) from.Corrupted("has a text longer than what is left");
        var bytes = from.Bytes((int)further);
        var length = shared + bytes.Length;
        if (_before.Length < length) Array.Resize(ref _before, Math.Max(length, 2 * _before.Length));
        bytes.CopyTo(_before.AsSpan(shared));
        _beforeLength = length;
    }

    private ReadOnlySpan<char> BeforeAsChars(ref ByteReader from)
    {
        if (_chars.Length < _beforeLength) _chars = new char[Math.Max(_beforeLength, 2 * _chars.Length)];
        var status = Utf8.ToUtf16(_before.AsSpan(0, _beforeLength), _chars, out _, out var length, replaceInvalidSequences: false);
        if (status != OperationStatus.Done) from.Corrupted("has a text that is not UTF-8");
        return _chars.AsSpan(0, length);
    }
}

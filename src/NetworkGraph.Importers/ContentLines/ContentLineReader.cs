using System.Text;
using System.Text.Unicode;

namespace NetworkGraph.Importers.ContentLines;

/// <summary>
/// Lines of vCards and calendars, unfolded by bytes, since programs fold in the middle of a character. Soft line breaks of
/// quoted-printable values go on in the next line. Holds one line, of which no more than <see cref="MaxLineBytes"/>; pictures are longer.
/// </summary>
internal sealed class ContentLineReader(Stream stream) : IDisposable
{
    /// <summary>More of a line is passed by: names, addresses and rules are far shorter.</summary>
    public const int MaxLineBytes = 64 << 10;

    private static readonly Encoding s_latin = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private readonly byte[] _buffer = new byte[1 << 16];
    private byte[] _line = new byte[1 << 12];
    private int _start;
    private int _end;
    private bool _isBegun;
    private long _physical;

    /// <summary>The physical line that the last line began at, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line, unfolded; null at the end. Blank lines are passed by.</summary>
    public string? Next()
    {
        while (true)
        {
            var length = 0;
            if (!ReadPhysical(ref length)) return null;
            Number = _physical;
            if (!_isBegun)
            {
                _isBegun = true;
                if (_line.AsSpan(0, length).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
                {
                    _line.AsSpan(3, length - 3).CopyTo(_line);
                    length -= 3;
                }
            }
            while (GoesOn(length, out var isSoft))
            {
                if (isSoft) length--;
                else Skip(1);
                if (!ReadPhysical(ref length)) break;
            }
            if (_line.AsSpan(0, length).Trim(" \t"u8).IsEmpty) continue;
            return Decode(_line.AsSpan(0, length));
        }
    }

    public void Dispose() => stream.Dispose();

    private static string Decode(ReadOnlySpan<byte> line) => Utf8.IsValid(line) ? Encoding.UTF8.GetString(line) : s_latin.GetString(line);

    private bool GoesOn(int length, out bool isSoft)
    {
        isSoft = false;
        if (!Fill()) return false;
        if (_buffer[_start] is (byte)' ' or (byte)'\t') return true;
        isSoft = length > 0 && _line[length - 1] == '=' && IsQuotedPrintable(_line.AsSpan(0, length));
        return isSoft;
    }

    private static bool IsQuotedPrintable(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        return colon > 0 && Encoding.ASCII.GetString(line[..colon]).Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Appends the next physical line, without its end.</summary>
    private bool ReadPhysical(ref int length)
    {
        if (!Fill()) return false;
        _physical++;
        while (true)
        {
            var unread = _buffer.AsSpan(_start, _end - _start);
            var end = unread.IndexOf((byte)'\n');
            var part = end < 0 ? unread : unread[..end];
            Append(part, ref length);
            _start += end < 0 ? unread.Length : end + 1;
            if (end < 0 && Fill()) continue;
            if (length > 0 && _line[length - 1] == '\r') length--;
            return true;
        }
    }

    private void Append(ReadOnlySpan<byte> part, ref int length)
    {
        part = part[..Math.Min(part.Length, MaxLineBytes - length)];
        if (_line.Length < length + part.Length) Array.Resize(ref _line, Math.Max(_line.Length * 2, length + part.Length));
        part.CopyTo(_line.AsSpan(length));
        length += part.Length;
    }

    private void Skip(int count) => _start += count;

    private bool Fill()
    {
        if (_start < _end) return true;
        _start = 0;
        _end = stream.Read(_buffer, 0, _buffer.Length);
        return _end > 0;
    }
}

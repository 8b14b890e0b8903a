using System.Buffers;

namespace NetworkGraph.Importers.Json;

/// <summary>
/// Finds where a JSON value ends by its brackets and quotes alone, in pieces as they come. Whether what is inside is JSON
/// is left to the one who reads it, so that one broken element does not spoil the array it stands in.
/// </summary>
internal struct ElementScan
{
    private static readonly SearchValues<byte> s_outside = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> s_inString = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> s_afterScalar = SearchValues.Create(",]} \t\r\n"u8);

    private int _depth;
    private bool _isInString;
    private bool _isScalar;
    private bool _isBegun;

    /// <summary>
    /// Goes on at <paramref name="at"/>. True where the value ends, <paramref name="at"/> being behind it; false where more
    /// is needed, <paramref name="at"/> being where to go on.
    /// </summary>
    public bool TryEnd(ReadOnlySpan<byte> json, ref int at)
    {
        if (!_isBegun && at < json.Length)
        {
            _isBegun = true;
            _isScalar = json[at] is not ((byte)'{' or (byte)'[' or (byte)'"');
        }
        return _isScalar ? TryEndScalar(json, ref at) : TryEndNested(json, ref at);
    }

    private static bool TryEndScalar(ReadOnlySpan<byte> json, ref int at)
    {
        var end = json[at..].IndexOfAny(s_afterScalar);
        at = end < 0 ? json.Length : at + end;
        return end >= 0;
    }

    private bool TryEndNested(ReadOnlySpan<byte> json, ref int at)
    {
        while (true)
        {
            var next = json[at..].IndexOfAny(_isInString ? s_inString : s_outside);
            if (next < 0)
            {
                at = json.Length;
                return false;
            }
            at += next;
            switch (json[at])
            {
                case (byte)'\\' when at + 1 == json.Length:
                    return false;
                case (byte)'\\':
                    at += 2;
                    continue;
                case (byte)'"':
                    _isInString = !_isInString;
                    break;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    break;
                default:
                    _depth--;
                    break;
            }
            at++;
            if (_depth <= 0 && !_isInString) return true;
        }
    }
}

using System.Buffers;
using System.Text;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.People.Profiles;

/// <summary>
/// Problem: which people of a block (those with consecutive numbers) have a text in their id, name or organisation,
/// whatever the case, in order of id?
/// Method: the block's texts lie one after the other in upper case as UTF-8, in order of id; a byte that UTF-8 never has
/// stands between them, so that nothing is found across two. What is searched for is looked for in all of them at once.
/// Preconditions: the caller looks up anew what is found, since a profile may have changed and a person been erased.
/// Cost: O(bytes of the block) at the speed of a memory scan; made once in O(people log people).
/// </summary>
internal sealed class PeopleText
{
    private const byte Border = 0xFF;
    private readonly PersonIds _ids;
    private readonly int[] _numbers;
    private readonly int[] _starts;
    private readonly byte[] _text;

    private PeopleText(PersonIds ids, int people, int profileChanges, int[] numbers, int[] starts, byte[] text) =>
        (_ids, People, ProfileChanges, _numbers, _starts, _text) = (ids, people, profileChanges, numbers, starts, text);

    /// <summary>How many numbers of the block were given away when it was made.</summary>
    public int People { get; }

    /// <summary>How often profiles of the block had changed when it was made.</summary>
    public int ProfileChanges { get; }

    public long Bytes => _text.Length + 4L * (_numbers.Length + _starts.Length);

    /// <summary>The form in which texts are compared; nothing for nothing.</summary>
    public static byte[] Folded(string? text)
    {
        if (string.IsNullOrEmpty(text)) return [];
        var folded = new ArrayBufferWriter<byte>(text.Length);
        Write(text, folded);
        return folded.WrittenSpan[..^1].ToArray();
    }

    /// <summary>Makes the block of the people numbered from <paramref name="first"/> on.</summary>
    public static PeopleText Of(PersonIds ids, ProfileStore profiles, int first, int people, int profileChanges)
    {
        var numbers = new int[people];
        var names = new string[people];
        var known = 0;
        for (var number = first; number < first + people; number++)
        {
            if (ids[number] is not { Length: > 0 } id) continue;
            (numbers[known], names[known]) = (number, id);
            known++;
        }
        Array.Resize(ref numbers, known);
        Array.Sort(names, numbers, 0, known, StringComparer.Ordinal);
        var text = new ArrayBufferWriter<byte>(Math.Max(1, known * 32));
        var starts = new int[known];
        for (var i = 0; i < known; i++)
        {
            starts[i] = text.WrittenCount;
            var profile = profiles.Of(numbers[i]);
            Write(names[i], text);
            Write(profile?.Name, text);
            Write(profile?.Organisation, text);
        }
        return new PeopleText(ids, people, profileChanges, numbers, starts, text.WrittenSpan.ToArray());
    }

    /// <summary>
    /// Gives the numbers of the people with <paramref name="folded"/> in their texts whose ids come after
    /// <paramref name="afterId"/>, in order of id, until <paramref name="take"/> says that it has enough.
    /// </summary>
    public void Find(ReadOnlySpan<byte> folded, string? afterId, Func<int, bool> take)
    {
        var entry = afterId is null ? 0 : FirstAfter(afterId);
        while (entry < _numbers.Length)
        {
            if (folded.Length > 0)
            {
                var found = _text.AsSpan(_starts[entry]).IndexOf(folded);
                if (found < 0) return;
                entry = EntryAt(_starts[entry] + found);
            }
            if (!take(_numbers[entry])) return;
            entry++;
        }
    }

    private int EntryAt(int position)
    {
        var place = Array.BinarySearch(_starts, position);
        return place >= 0 ? place : ~place - 1;
    }

    // Ids of people erased since are empty: the next one that is not stands for them.
    private int FirstAfter(string id)
    {
        var (low, high) = (0, _numbers.Length);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var probe = middle;
            while (probe < high && _ids[_numbers[probe]].Length == 0) probe++;
            if (probe < high && string.CompareOrdinal(_ids[_numbers[probe]], id) <= 0) low = probe + 1;
            else high = middle;
        }
        return low;
    }

    private static void Write(string? text, ArrayBufferWriter<byte> to)
    {
        const int MaxAtOnce = 256;
        Span<char> upper = stackalloc char[MaxAtOnce];
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var length = Math.Min(MaxAtOnce, rest.Length);
            // Not between the two halves of one sign.
            if (length < rest.Length && char.IsHighSurrogate(rest[length - 1])) length--;
            rest[..length].ToUpperInvariant(upper);
            to.Advance(Encoding.UTF8.GetBytes(upper[..length], to.GetSpan(Encoding.UTF8.GetMaxByteCount(length))));
            rest = rest[length..];
        }
        to.GetSpan(1)[0] = Border;
        to.Advance(1);
    }
}

using System.Text.Unicode;

namespace NetworkGraph.LoadTests.Grpc;

/// <summary>
/// RecordStream messages of made-up interactions, drawn as <see cref="Http.InteractionBodies"/> draws them, written straight
/// into frames. Not for use by two threads at once.
/// </summary>
/// <param name="people">People to draw from.</param>
/// <param name="seed">Same seed and stream, same messages.</param>
/// <param name="stream">Messages of different streams have different ids.</param>
/// <param name="until">The latest date.</param>
/// <param name="firstPerson">The number of the first person to draw.</param>
internal sealed class InteractionMessages(int people, ulong seed, int stream, DateTimeOffset until, int firstPerson = 0)
{
    private const int PrefixBytes = 5;
    private const int MaxBytesAnInteraction = 256;
    private const int Days = 2 * 365;
    private static readonly V1.InteractionKind[] s_kinds =
    [
        V1.InteractionKind.Message, V1.InteractionKind.Reply, V1.InteractionKind.Message, V1.InteractionKind.Reply,
            V1.InteractionKind.Meeting,
        V1.InteractionKind.Call, V1.InteractionKind.Reaction, V1.InteractionKind.Comment, V1.InteractionKind.Accept,
            V1.InteractionKind.Favour,
    ];

    private static readonly byte[][] s_channels = [[.. "email"u8], [.. "linkedin"u8], [.. "chat"u8], [.. "phone"u8], [.. "in-person"u8]];
    private readonly Random _random = new(unchecked((int)(seed ^ (seed >> 32)) * 397 ^ stream));
    private readonly long _untilMs = until.ToUnixTimeMilliseconds();
    private long _number;

    /// <summary>The next frame, of one message with <paramref name="count"/> interactions.</summary>
    public ReadOnlyMemory<byte> Next(int count)
    {
        var frame = new byte[PrefixBytes + count * MaxBytesAnInteraction];
        var length = PrefixBytes;
        for (var i = 0; i < count; i++) length += Write(frame.AsSpan(length));
        GrpcConnection.WritePrefix(frame, length - PrefixBytes);
        return frame.AsMemory(0, length);
    }

    private int Write(Span<byte> to)
    {
        var from = Draw();
        var other = Draw();
        if (other == from) other = (other + 1) % people;
        var atMs = _untilMs - _random.NextInt64(Days * 86_400_000L);
        var kind = s_kinds[_random.Next(s_kinds.Length)];
        var channel = s_channels[_random.Next(s_channels.Length)];
        // A length of two bytes, so that it can be filled in afterwards.
        const int LengthBytes = 2;
        to[0] = 0x0A;
        var body = to[(1 + LengthBytes)..];
        var at = 0;
        Utf8.TryWrite(body[2..], $"load-{seed}-{stream}-{_number++}", out var written);
        at += Delimit(body, 0x0A, written);
        at += WriteTime(body[at..], atMs);
        at += WritePerson(body[at..], 0x1A, from);
        at += WritePerson(body[at..], 0x22, other);
        body[at++] = 0x28;
        body[at++] = (byte)kind;
        channel.CopyTo(body[(at + 2)..]);
        at += Delimit(body[at..], 0x42, channel.Length);
        to[1] = (byte)(at & 0x7F | 0x80);
        to[2] = (byte)(at >> 7);
        return 1 + LengthBytes + at;
    }

    private int WritePerson(Span<byte> to, byte tag, int person)
    {
        Utf8.TryWrite(to[2..], $"p{firstPerson + person}@load.example", out var written);
        return Delimit(to, tag, written);
    }

    private static int WriteTime(Span<byte> to, long unixMs)
    {
        var at = 2;
        to[at++] = 0x08;
        at += WriteVarint(to[at..], (ulong)(unixMs / 1000));
        to[at++] = 0x10;
        at += WriteVarint(to[at..], (ulong)(unixMs % 1000 * 1_000_000));
        return Delimit(to, 0x12, at - 2);
    }

    private static int Delimit(Span<byte> to, byte tag, int length)
    {
        to[0] = tag;
        to[1] = (byte)length;
        return 2 + length;
    }

    private static int WriteVarint(Span<byte> to, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7) to[length++] = (byte)(value | 0x80);
        to[length++] = (byte)value;
        return length;
    }

    // A square of a uniform number: a tenth of the people take part in a third of the interactions.
    private int Draw()
    {
        var share = _random.NextDouble();
        return (int)(share * share * people);
    }
}

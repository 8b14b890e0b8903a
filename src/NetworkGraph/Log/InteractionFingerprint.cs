using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NetworkGraph.Interactions;

namespace NetworkGraph.Log;

/// <summary>
/// What tells a duplicate from a conflict without reading the record: 64 bits of the SHA-256 of the id, never 0, and 32
/// bits of the SHA-256 of everything else. Stored in every log for ever: never change how they come about.
/// </summary>
/// <remarks>
/// The id is hashed as UTF-8. The content is hashed as: at (8 bytes), kind, exchange, setting, personalised (0 not said,
/// 1 no, 2 yes) (1 byte each), length (8 bytes of the double, all ones where there is none; minus zero as zero), count of
/// recipients (4 bytes), then from, each recipient in the order given, channel, venue, inReplyTo and about, each as the
/// count of its UTF-8 bytes (4 bytes, all ones where absent) and the bytes. Integers little-endian; halves of surrogate
/// pairs count as U+FFFD.
/// </remarks>
public readonly record struct InteractionFingerprint(ulong IdHash, uint ContentHash)
{
    /// <summary>Of a record without an id.</summary>
    public static readonly InteractionFingerprint None;

    private const int FixedBytes = 24;

    /// <summary>Also says how many bytes the interaction has written out, which is about what it costs to queue and store.</summary>
    public static InteractionFingerprint Of(Interaction interaction, out int sizeBytes)
    {
        var most = MostBytes(interaction);
        var rented = most > 2048 ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[2048];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];

        var idLength = Encoding.UTF8.GetBytes(interaction.Id, bytes);
        SHA256.HashData(bytes[..idLength], digest);
        var idHash = BinaryPrimitives.ReadUInt64LittleEndian(digest);

        var contentLength = WriteContent(interaction, bytes);
        SHA256.HashData(bytes[..contentLength], digest);
        var contentHash = BinaryPrimitives.ReadUInt32LittleEndian(digest);

        if (rented is not null) ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        sizeBytes = idLength + contentLength;
        return new InteractionFingerprint(idHash == 0 ? 1 : idHash, contentHash);
    }

    public static InteractionFingerprint Of(Interaction interaction) => Of(interaction, out _);

    private static int MostBytes(Interaction interaction)
    {
        var chars = (long)interaction.Id.Length + interaction.From.Length + (interaction.Channel?.Length ?? 0) +
            (interaction.Venue?.Length ?? 0) + (interaction.InReplyTo?.Length ?? 0) + (interaction.About?.Length ?? 0);
        foreach (var recipient in interaction.To) chars += recipient.Length;
        return checked((int)(FixedBytes + 3 * chars + 4L * (interaction.To.Length + 5)));
    }

    private static int WriteContent(Interaction interaction, Span<byte> to)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, interaction.AtMs);
        to[8] = (byte)interaction.Kind;
        to[9] = (byte)interaction.Exchange;
        to[10] = (byte)interaction.Setting;
        to[11] = interaction.Personalised switch { null => 0, false => 1, true => 2 };
        var length = interaction.LengthSeconds is { } seconds ? BitConverter.DoubleToInt64Bits(seconds == 0 ? 0.0 : seconds) : -1;
        BinaryPrimitives.WriteInt64LittleEndian(to[12..], length);
        BinaryPrimitives.WriteInt32LittleEndian(to[20..], interaction.To.Length);
        var at = FixedBytes;
        at += WriteText(interaction.From, to[at..]);
        foreach (var recipient in interaction.To) at += WriteText(recipient, to[at..]);
        at += WriteText(interaction.Channel, to[at..]);
        at += WriteText(interaction.Venue, to[at..]);
        at += WriteText(interaction.InReplyTo, to[at..]);
        at += WriteText(interaction.About, to[at..]);
        return at;
    }

    private static int WriteText(string? text, Span<byte> to)
    {
        if (text is null)
        {
            BinaryPrimitives.WriteInt32LittleEndian(to, -1);
            return sizeof(int);
        }
        var length = Encoding.UTF8.GetBytes(text, to[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(to, length);
        return sizeof(int) + length;
    }
}

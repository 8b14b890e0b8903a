using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>
/// What tells a duplicate from a conflict without reading the record: 64 bits of the SHA-256 of the id, never 0, and 32
/// bits of the SHA-256 of everything else. Stored in every log for ever: never change how they come about.
/// </summary>
/// <remarks>
/// The id is hashed as UTF-8. The content is hashed as: at (8 bytes), kind, exchange, setting, personalised (0 not said,
/// 1 no, 2 yes) (1 byte each), length (8 bytes of the double, all ones where there is none; minus zero as zero), count of
/// recipients (4 bytes), then from, each recipient in the order given, channel, venue, inReplyTo and about, each as the
/// count of its UTF-8 bytes (4 bytes, all ones where absent) and the bytes; and, where any of them is set, series, exchangeBy
/// (1 byte) and exchangeConfidence (as length). Of ids that begin with mail: or ics: the content is at and from. Batch and key are no part
/// of the content. Integers little-endian; halves of surrogate pairs count as U+FFFD.
/// </remarks>
public readonly record struct InteractionFingerprint(ulong IdHash, uint ContentHash)
{
    /// <summary>Of a record without an id.</summary>
    public static readonly InteractionFingerprint None;

    private const int FixedBytes = 24;

    /// <summary>So many records are hashed together.</summary>
    private const int Together = 64;

    private static readonly ulong s_keysRequirement = HashOf(KeysRequirement.Id);

    [ThreadStatic]
    private static Sha256Starts? t_starts;

    /// <summary>The hash of an interaction's id, by which a log finds its records.</summary>
    public static ulong HashOf(string id)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest) is var hash and not 0 ? hash : 1;
    }

    public static InteractionFingerprint Of(Interaction interaction)
    {
        Span<InteractionFingerprint> one = stackalloc InteractionFingerprint[1];
        Of([interaction], one);
        return one[0];
    }

    /// <summary>
    /// The fingerprint of each record: of interactions as described, of corrections and requirements the id alone, of others
    /// <see cref="None"/>. Returns how many bytes the records have written out, which is about what they cost to queue and
    /// store. Many at once take a fraction of the time of one after the other.
    /// </summary>
    public static long Of(ReadOnlySpan<LogRecord> records, Span<InteractionFingerprint> fingerprints)
    {
        var starts = t_starts ??= new Sha256Starts(2 * Together);
        var sizeBytes = 0L;
        for (; records.Length > 0; records = records[Math.Min(Together, records.Length)..])
        {
            var now = Math.Min(Together, records.Length);
            sizeBytes += OfSome(records[..now], fingerprints, starts);
            fingerprints = fingerprints[now..];
        }
        starts.Forget();
        return sizeBytes;
    }

    private static long OfSome(ReadOnlySpan<LogRecord> records, Span<InteractionFingerprint> fingerprints, Sha256Starts starts)
    {
        Span<ulong> found = stackalloc ulong[2 * Together];
        var sizeBytes = 0L;
        starts.Begin();
        foreach (var record in records)
        {
            if (record is CorrectionRecord correction)
            {
                var length = Encoding.UTF8.GetBytes(correction.Id, starts.Room(3 * correction.Id.Length));
                starts.Add(length);
                sizeBytes += length;
            }
            if (record is not Interaction interaction) continue;
            var idLength = Encoding.UTF8.GetBytes(interaction.Id, starts.Room(3 * interaction.Id.Length));
            starts.Add(idLength);
            var contentLength = WriteContent(interaction, starts.Room(MaxBytes(interaction)));
            starts.Add(contentLength);
            sizeBytes += idLength + contentLength;
        }
        starts.Finish(found);
        var next = 0;
        for (var i = 0; i < records.Length; i++)
        {
            switch (records[i])
            {
                case Interaction:
                    fingerprints[i] = new InteractionFingerprint(found[next] == 0 ? 1 : found[next], (uint)found[next + 1]);
                    next += 2;
                    break;
                case CorrectionRecord:
                    fingerprints[i] = new InteractionFingerprint(found[next] == 0 ? 1 : found[next], 0);
                    next++;
                    break;
                case ProfileChanged changed:
                    fingerprints[i] = None;
                    sizeBytes += SizeOf(changed.Profile);
                    break;
                case ReportFiled report:
                    fingerprints[i] = None;
                    sizeBytes += SizeOf(report);
                    break;
                case BlockChanged changed:
                    fingerprints[i] = None;
                    sizeBytes += changed.By.Length + changed.Against.Length;
                    break;
                case KeysRequirement:
                    fingerprints[i] = new InteractionFingerprint(s_keysRequirement, 0);
                    break;
                default:
                    fingerprints[i] = None;
                    break;
            }
        }
        return sizeBytes;
    }

    private static long SizeOf(Profile profile)
    {
        var chars = (long)profile.Id.Length + (profile.Name?.Length ?? 0) + (profile.Organisation?.Length ?? 0)
            + (profile.Role?.Length ?? 0) + (profile.Industry?.Length ?? 0);
        foreach (var text in profile.Offers) chars += text.Length;
        foreach (var text in profile.Audience) chars += text.Length;
        foreach (var text in profile.Tags) chars += text.Length;
        return chars;
    }

    private static long SizeOf(ReportFiled report)
    {
        var chars = (long)report.Id.Length + report.Reporter.Length + report.About.Length;
        foreach (var id in report.Evidence) chars += id.Length;
        return chars;
    }

    private static int MaxBytes(Interaction interaction)
    {
        var chars = (long)interaction.From.Length + (interaction.Channel?.Length ?? 0) +
            (interaction.Venue?.Length ?? 0) + (interaction.InReplyTo?.Length ?? 0) + (interaction.About?.Length ?? 0)
                + (interaction.Series?.Length ?? 0);
        foreach (var recipient in interaction.To) chars += recipient.Length;
        return checked((int)(FixedBytes + 9 + 3 * chars + 4L * (interaction.To.Length + 6)));
    }

    private static int WriteContent(Interaction interaction, Span<byte> to)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, interaction.AtMs);
        if (InteractionState.IsUnion(interaction.Id)) return sizeof(long) + WriteText(interaction.From, to[sizeof(long)..]);
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
        if (interaction.ExchangeBy == default && interaction.ExchangeConfidence is null && interaction.Series is null) return at;
        at += WriteText(interaction.Series, to[at..]);
        to[at++] = (byte)interaction.ExchangeBy;
        BinaryPrimitives.WriteInt64LittleEndian(
            to[at..], interaction.ExchangeConfidence is { } confidence ? BitConverter.DoubleToInt64Bits(confidence) : -1);
        return at + sizeof(long);
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

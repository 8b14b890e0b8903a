using System.Runtime.InteropServices;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Histories;

/// <summary>In which direction of a dyad an event counts. "Low" is the person with the lower number.</summary>
public enum DyadDirection : byte
{
    LowToHigh = 0,
    HighToLow = 1,

    /// <summary>A mutual kind: counts both ways.</summary>
    Both = 2,

    /// <summary>On a person's own list only: they are named as the third person (<c>about</c>), and took no part.</summary>
    Mentioned = 3,
}

/// <summary>
/// One interaction as one dyad knows it; 32 bytes, because there are as many of these as anything else in memory.
/// Measures are pure functions of a dyad's events, ordered by time and then by position.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct DyadEvent : IEquatable<DyadEvent>
{
    /// <summary>The date of a forgotten event: no date reaches it.</summary>
    public const long NeverMs = long.MaxValue;

    private const ushort RecipientBits = (1 << 10) - 1;
    private const ushort SeriesBit = 1 << 10;
    private const ushort VenueBit = 1 << 11;
    private const int CallerShift = 12;
    private const ushort MutedBit = 1 << 14;
    private const ushort TowardsAuthorBit = 1 << 15;

    /// <summary>When, Unix ms.</summary>
    public long AtMs;

    /// <summary>Where in the log.</summary>
    public uint Position;

    /// <summary>Index of the dyad's event that arrived before this one; -1 for its first.</summary>
    public int Previous;

    /// <summary>32-bit tag of the interaction's id: finds what a reply answers within the dyad.</summary>
    public uint IdTag;

    /// <summary>
    /// Tag of the interaction it answers, or of the series it is an occurrence of (a meeting of a series answers nothing).
    /// </summary>
    private uint _replyOrSeries;

    /// <summary>Number of the third person; -1 for none.</summary>
    public int About;

    /// <summary>Bits 0-9 recipients, 10 has a series, 11 has a venue, 12-13 who called, 14 weighs nothing, 15 towards the author.</summary>
    private ushort _recipientsAndFlags;

    /// <summary>Bits 0-3 kind, 4 first of its interaction's events, 5 personalised, 6 a call that lasted.</summary>
    private byte _kindAndFlags;

    /// <summary>Bits 0-3 exchange, 4-5 setting, 6-7 direction.</summary>
    private byte _exchangeSettingDirection;

    /// <summary>By how many its weight is divided: recipients, or participants less one of a mutual kind; at most 1000.</summary>
    public ushort Recipients
    {
        readonly get => (ushort)(_recipientsAndFlags & RecipientBits);
        init => _recipientsAndFlags = (ushort)((_recipientsAndFlags & ~RecipientBits) | (value & RecipientBits));
    }

    /// <summary>Tag of the interaction it answers; 0 for none.</summary>
    public uint ReplyTag
    {
        readonly get => HasSeries ? 0 : _replyOrSeries;
        init => _replyOrSeries = value;
    }

    /// <summary>Tag of the recurring event it is an occurrence of; 0 for none. Setting it makes it answer nothing.</summary>
    public uint SeriesTag
    {
        readonly get => HasSeries ? _replyOrSeries : 0;
        init
        {
            if (value == 0) return;
            _replyOrSeries = value;
            _recipientsAndFlags |= SeriesBit;
        }
    }

    /// <summary>Whether it happened at a named venue.</summary>
    public bool HasVenue
    {
        readonly get => (_recipientsAndFlags & VenueBit) != 0;
        init => Set(VenueBit, value);
    }

    /// <summary>
    /// A later occurrence of a series, too soon after the one that weighed: it is shown and weighs nothing. Said by
    /// <see cref="DyadReader"/>.
    /// </summary>
    public bool IsMuted
    {
        readonly get => (_recipientsAndFlags & MutedBit) != 0;
        set => Set(MutedBit, value);
    }

    /// <summary>
    /// A reply, seen from the author of what it answers: it weighs as if it were to the author alone. Said by <see cref="DyadReader"/>.
    /// </summary>
    public bool IsTowardsAuthor
    {
        readonly get => (_recipientsAndFlags & TowardsAuthorBit) != 0;
        set => Set(TowardsAuthorBit, value);
    }

    /// <summary>People who took part: sender or organiser, and recipients.</summary>
    public readonly int Participants => Recipients + 1;

    /// <summary>A call that was too short to be one: from the caller only.</summary>
    public readonly bool IsCallAttempt => Kind is InteractionKind.Call && Direction is DyadDirection.LowToHigh or DyadDirection.HighToLow;

    /// <summary>A call that is known to have lasted: they spoke.</summary>
    public readonly bool IsSpokenCall => (_kindAndFlags & 64) != 0;

    /// <summary>
    /// Of a mutual event: the one of the two it came from; <see cref="DyadDirection.Both"/> where a third person called them together.
    /// </summary>
    public readonly DyadDirection CalledBy => (_recipientsAndFlags >> CallerShift & 3) switch
    {
        1 => DyadDirection.LowToHigh,
        2 => DyadDirection.HighToLow,
        _ => DyadDirection.Both,
    };

    public readonly InteractionKind Kind => (InteractionKind)(_kindAndFlags & 15);

    /// <summary>True for exactly one event of each interaction, so that interactions can be counted over dyads.</summary>
    public readonly bool IsFirstOfInteraction => (_kindAndFlags & 16) != 0;

    public readonly bool IsPersonalised => (_kindAndFlags & 32) != 0;

    public readonly Exchange Exchange => (Exchange)(_exchangeSettingDirection & 15);

    public readonly Setting Setting => (Setting)(_exchangeSettingDirection >> 4 & 3);

    public readonly DyadDirection Direction => (DyadDirection)(_exchangeSettingDirection >> 6);

    /// <param name="interaction">What happened.</param>
    /// <param name="direction">Which way it counts in the dyad.</param>
    /// <param name="firstOfInteraction">Whether it is the one event that interactions are counted by.</param>
    /// <param name="calledBy">Of a mutual kind, the one of the two it came from.</param>
    public void Pack(Interaction interaction, DyadDirection direction, bool firstOfInteraction, DyadDirection calledBy = DyadDirection.Both)
    {
        var caller = calledBy switch { DyadDirection.LowToHigh => 1, DyadDirection.HighToLow => 2, _ => 0 };
        _recipientsAndFlags = (ushort)((_recipientsAndFlags & ~(3 << CallerShift)) | caller << CallerShift);
        _kindAndFlags = (byte)((int)interaction.Kind | (firstOfInteraction ? 16 : 0) | (interaction.Personalised == true ? 32 : 0)
            | (interaction.Kind is InteractionKind.Call && interaction.LengthSeconds >= InteractionKinds.ShortestCallSeconds ? 64 : 0));
        _exchangeSettingDirection = (byte)((int)interaction.Exchange | (int)interaction.Setting << 4 | (int)direction << 6);
    }

    /// <summary>The same for a dyad in which the other of the two has the lower number.</summary>
    internal void Turn()
    {
        if (Direction is DyadDirection.LowToHigh or DyadDirection.HighToLow) _exchangeSettingDirection ^= 1 << 6;
        if ((_recipientsAndFlags >> CallerShift & 3) is 1 or 2) _recipientsAndFlags ^= 3 << CallerShift;
    }

    internal void MakeFirst(bool isFirst) => _kindAndFlags = (byte)(isFirst ? _kindAndFlags | 16 : _kindAndFlags & ~16);

    /// <summary>Takes over how many the recipients are once each person counts once.</summary>
    internal void Recount(ushort recipients) =>
        _recipientsAndFlags = (ushort)((_recipientsAndFlags & ~RecipientBits) | (recipients & RecipientBits));

    /// <summary>Takes over what another event of the same interaction and the same two people says besides.</summary>
    internal void Join(in DyadEvent other)
    {
        if (other.IsFirstOfInteraction) MakeFirst(true);
        if (CalledBy is DyadDirection.Both) _recipientsAndFlags |= (ushort)(other._recipientsAndFlags & 3 << CallerShift);
    }

    private void Set(ushort bit, bool value) =>
        _recipientsAndFlags = value ? (ushort)(_recipientsAndFlags | bit) : (ushort)(_recipientsAndFlags & ~bit);

    private readonly bool HasSeries => (_recipientsAndFlags & SeriesBit) != 0;

    public readonly bool Equals(DyadEvent other) => Position == other.Position && Previous == other.Previous && AtMs == other.AtMs;

    public override readonly bool Equals(object? obj) => obj is DyadEvent other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Position, Previous);

    public static bool operator ==(DyadEvent left, DyadEvent right) => left.Equals(right);

    public static bool operator !=(DyadEvent left, DyadEvent right) => !left.Equals(right);
}

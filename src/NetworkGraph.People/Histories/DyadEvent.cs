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

    /// <summary>When, Unix ms.</summary>
    public long AtMs;

    /// <summary>Where in the log.</summary>
    public uint Position;

    /// <summary>Index of the dyad's event that arrived before this one; -1 for its first.</summary>
    public int Previous;

    /// <summary>32-bit tag of the interaction's id: finds what a reply answers within the dyad.</summary>
    public uint IdTag;

    /// <summary>Tag of the interaction it answers; 0 for none.</summary>
    public uint ReplyTag;

    /// <summary>Number of the third person; -1 for none.</summary>
    public int About;

    /// <summary>By how many its weight is divided: recipients, or participants less one of a mutual kind.</summary>
    public ushort Recipients;

    /// <summary>Bits 0-3 kind, 4 first of its interaction's events, 5 personalised.</summary>
    private byte _kindAndFlags;

    /// <summary>Bits 0-3 exchange, 4-5 setting, 6-7 direction.</summary>
    private byte _exchangeSettingDirection;

    public readonly InteractionKind Kind => (InteractionKind)(_kindAndFlags & 15);

    /// <summary>True for exactly one event of each interaction, so that interactions can be counted over dyads.</summary>
    public readonly bool IsFirstOfInteraction => (_kindAndFlags & 16) != 0;

    public readonly bool IsPersonalised => (_kindAndFlags & 32) != 0;

    public readonly Exchange Exchange => (Exchange)(_exchangeSettingDirection & 15);

    public readonly Setting Setting => (Setting)(_exchangeSettingDirection >> 4 & 3);

    public readonly DyadDirection Direction => (DyadDirection)(_exchangeSettingDirection >> 6);

    public void Pack(Interaction interaction, DyadDirection direction, bool firstOfInteraction)
    {
        _kindAndFlags = (byte)((int)interaction.Kind | (firstOfInteraction ? 16 : 0) | (interaction.Personalised == true ? 32 : 0));
        _exchangeSettingDirection = (byte)((int)interaction.Exchange | (int)interaction.Setting << 4 | (int)direction << 6);
    }

    /// <summary>The same for a dyad in which the other of the two has the lower number.</summary>
    internal void Turn()
    {
        if (Direction is DyadDirection.LowToHigh or DyadDirection.HighToLow) _exchangeSettingDirection ^= 1 << 6;
    }

    internal void MakeFirst(bool isFirst) => _kindAndFlags = (byte)(isFirst ? _kindAndFlags | 16 : _kindAndFlags & ~16);

    public readonly bool Equals(DyadEvent other) => Position == other.Position && Previous == other.Previous && AtMs == other.AtMs;

    public override readonly bool Equals(object? obj) => obj is DyadEvent other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Position, Previous);

    public static bool operator ==(DyadEvent left, DyadEvent right) => left.Equals(right);

    public static bool operator !=(DyadEvent left, DyadEvent right) => !left.Equals(right);
}

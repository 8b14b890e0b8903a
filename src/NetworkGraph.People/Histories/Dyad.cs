using System.Runtime.InteropServices;

namespace NetworkGraph.People.Histories;

/// <summary>
/// Two people and the chain of what they have had with each other; 24 bytes. A dyad of a person with themselves is
/// that person's own list: attendances, and interactions that name them as the third person.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Dyad
{
    public int Low;
    public int High;

    /// <summary>Index of the event that arrived last; -1 for none.</summary>
    public int LastEvent;

    /// <summary>The next dyad in the low person's list; -1 at its end.</summary>
    public int NextOfLow;

    /// <summary>The next dyad in the high person's list; -1 at its end.</summary>
    public int NextOfHigh;

    /// <summary>1 while the dyad waits to be published.</summary>
    public int Changed;
}

/// <summary>One person's lists.</summary>
internal struct PersonLists
{
    /// <summary>The dyad that was added last; -1 for none.</summary>
    public int LastDyad;

    /// <summary>The dyad of the person with themselves; -1 for none.</summary>
    public int OwnList;

    public int Dyads;

    /// <summary>Events that count in which the person took part; 0 for none.</summary>
    public int Seen;

    /// <summary>Events that count and name the person as a third person.</summary>
    public int Mentions;
}

/// <summary>A dyad as one of its two people sees it.</summary>
/// <param name="Index">The dyad's index in its <see cref="HistoryStore"/>.</param>
/// <param name="Other">Number of the other person.</param>
/// <param name="SelfIsLow">Whether this person is the one with the lower number.</param>
public readonly record struct DyadView(int Index, int Other, bool SelfIsLow);

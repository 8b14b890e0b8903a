using System.Runtime.InteropServices;

namespace NetworkGraph.People.Habits;

/// <summary>What one person's behaviour within one tie amounts to, as far as warnings rest on it.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct TieFacts
{
    /// <summary>Contacts towards the other, in the window, mutual kinds apart.</summary>
    public int Sent;

    /// <summary>Asks and gives towards the other, in the window.</summary>
    public int Asks;
    public int Gives;

    /// <summary>Pitches and asks made before there were enough contacts.</summary>
    public int Premature;

    /// <summary>Attempts after a decline that nothing took back.</summary>
    public int AttemptsAfterDecline;

    /// <summary>
    /// The most one-to-one contacts within the days that persistence is looked at, since the other last wrote, long before.
    /// </summary>
    public int UnansweredAttempts;

    /// <summary>Episodes in which this person gave advice.</summary>
    public int AdviceEpisodes;

    /// <summary>Pieces of advice to the other and from them, mutual kinds apart.</summary>
    public int AdviceOut;
    public int AdviceIn;

    /// <summary>Contacts to the other and from them, mutual kinds in both.</summary>
    public int SaidOut;
    public int SaidIn;

    /// <summary>Reactions, and transactions with asks, by this person and of the two together.</summary>
    public int ReactionsOut;
    public int Reactions;
    public int TransactionalOut;
    public int Transactional;

    /// <summary>Of the two together: connects, accepts, declines; thanks; and whatever else there is.</summary>
    public int Formal;
    public int Thanks;
    public int Other;
}

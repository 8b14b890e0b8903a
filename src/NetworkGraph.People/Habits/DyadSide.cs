using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Habits;

/// <summary>One of the two people while their dyad is folded: what is counted so far and what is still open.</summary>
internal sealed class DyadSide
{
    public HabitCounts Counts;
    public TieFacts Tie;

    /// <summary>Number of the other person; what is seen is noted in the trail under it.</summary>
    public int Other;
    public HabitTrail? Trail;
    public TieTrail? TieTrail;

    public int GivesEver;
    public int AsksEver;
    public long LastAskMs;
    public long AcceptedMs;

    /// <summary>Wrote, and the other has not spoken since.</summary>
    public bool IsUnanswered;

    /// <summary>Contacts in a row since the other last spoke: how many, and when the first and the last of them were.</summary>
    public int Run;
    public long RunFirstMs;
    public long RunLastMs;
    public uint RunLastPosition;

    /// <summary>Last contact by this person, meetings among them, calls only where they called; Unix ms.</summary>
    public long WroteMs;

    /// <summary>The episode in which advice was last given, counted from 1.</summary>
    public int AdvisedIn;
    public int ContactsOut;

    /// <summary>The other said no, and nothing took it back.</summary>
    public bool IsDeclined;
    public int AttemptsSinceDecline;

    /// <summary>Took the tie up again after it was dormant, at this date; the other has not answered yet.</summary>
    public long RevivingMs;
    public bool HasRevived;

    /// <summary>The tie was left silent for long since it was established, and not taken up again by this person.</summary>
    public bool IsBroken;
    public int Opened;

    private long[] _attemptsMs = new long[16];
    private int _firstAttempt;
    private int _attempts;

    public void Start(int other)
    {
        Counts = default;
        Tie = default;
        Other = other;
        GivesEver = AsksEver = Run = AttemptsSinceDecline = Opened = AdvisedIn = ContactsOut = _firstAttempt = _attempts = 0;
        LastAskMs = AcceptedMs = RevivingMs = WroteMs = long.MinValue;
        IsUnanswered = IsDeclined = HasRevived = IsBroken = false;
        TieTrail?.Clear();
    }

    public void Count(HabitFact fact, in DyadEvent happened)
    {
        Counts.Count(fact);
        Trail?.Saw(fact, in happened, Other);
    }

    /// <summary>One more contact, unanswered so far.</summary>
    public void Contact(in DyadEvent happened)
    {
        if (Run++ == 0) RunFirstMs = happened.AtMs;
        (RunLastMs, RunLastPosition) = (happened.AtMs, happened.Position);
        WroteMs = happened.AtMs;
        ContactsOut++;
    }

    /// <summary>The two met: both were there, and nothing waits for an answer.</summary>
    public void Met(long atMs)
    {
        Answered(takesBackDecline: true);
        WroteMs = atMs;
        ContactsOut++;
    }

    /// <summary>Counts an attempt after a decline.</summary>
    public void AttemptAfterDecline(in DyadEvent happened)
    {
        if (!IsDeclined) return;
        AttemptsSinceDecline++;
        TieTrail?.Saw(WarningKind.UnwantedPersistence, happened.Position);
    }

    /// <summary>Counts a one-to-one contact to somebody who has not written for long.</summary>
    public void Attempt(in DyadEvent happened, long withinMs)
    {
        if (_attempts == _attemptsMs.Length) Array.Resize(ref _attemptsMs, _attempts * 2);
        _attemptsMs[_attempts++] = happened.AtMs;
        while (happened.AtMs - _attemptsMs[_firstAttempt] > withinMs) _firstAttempt++;
        Tie.UnansweredAttempts = Math.Max(Tie.UnansweredAttempts, _attempts - _firstAttempt);
        if (!IsDeclined) TieTrail?.Saw(WarningKind.UnwantedPersistence, happened.Position);
    }

    /// <summary>The other has spoken: what was said before is not unanswered any more.</summary>
    public void Answered(bool takesBackDecline)
    {
        IsUnanswered = false;
        Run = 0;
        _firstAttempt = _attempts = 0;
        if (!takesBackDecline) return;
        IsDeclined = false;
        AttemptsSinceDecline = 0;
        Tie.UnansweredAttempts = 0;
        TieTrail?.Forget(WarningKind.UnwantedPersistence);
    }
}

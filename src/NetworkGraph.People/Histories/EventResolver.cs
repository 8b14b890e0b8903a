

namespace NetworkGraph.People.Histories;

/// <summary>
/// Problem: what of a dyad's events depends on the other events of the dyad: which group reply is towards the author of
/// what it answers, and which occurrence of a recurring event weighs.
/// Preconditions: the events of one dyad up to a date, ordered by time and then by position.
/// Method: a directed event to several that answers an earlier one by the other of the two, which had at most
/// <see cref="MaxParticipantsAnswered"/> participants, is towards the author. Of the occurrences of one series with more
/// than <see cref="SmallSeriesParticipants"/> participants the first weighs, and then the first that comes at least
/// <see cref="SeriesDays"/> days after the one that weighed last; the others are muted.
/// A pure function of the events, so it does not matter in which order they arrived.
/// Cost: O(n); nothing where no event answers or belongs to a series. Not for several threads.
/// </summary>
public sealed class EventResolver
{
    /// <summary>What more people took part in is not answered to its author alone.</summary>
    public const int MaxParticipantsAnswered = 16;

    /// <summary>Of a recurring event of at most so many every occurrence weighs.</summary>
    public const int SmallSeriesParticipants = 4;

    /// <summary>How far apart the occurrences of a larger series lie that weigh, days.</summary>
    public const double SeriesDays = 30;

    private const int ScanUpTo = 24;
    private const long SeriesMs = (long)(SeriesDays * 86_400_000);

    private readonly Dictionary<uint, int> _byTag = [];
    private readonly Dictionary<uint, long> _weighedMs = [];

    public void Resolve(Span<DyadEvent> events)
    {
        bool anyReply = false, anySeries = false;
        foreach (ref readonly var happened in events)
        {
            anyReply |= IsGroupReply(in happened);
            anySeries |= IsOccurrence(in happened);
        }
        if (anyReply) ResolveReplies(events);
        if (anySeries) ResolveSeries(events);
    }

    private static bool IsGroupReply(in DyadEvent happened) =>
        happened.ReplyTag != 0 && happened.Recipients > 1 && happened.Direction is DyadDirection.LowToHigh or DyadDirection.HighToLow;

    private static bool IsOccurrence(in DyadEvent happened) =>
        happened.SeriesTag != 0 && happened.Direction is DyadDirection.Both && happened.Participants > SmallSeriesParticipants;

    private void ResolveReplies(Span<DyadEvent> events)
    {
        var scans = events.Length <= ScanUpTo;
        if (!scans)
        {
            _byTag.Clear();
            for (var i = 0; i < events.Length; i++) _byTag.TryAdd(events[i].IdTag, i);
        }
        for (var i = 0; i < events.Length; i++)
        {
            ref var happened = ref events[i];
            if (!IsGroupReply(in happened)) continue;
            var asked = scans ? IndexOf(events[..i], happened.ReplyTag) : _byTag.GetValueOrDefault(happened.ReplyTag, -1);
            if (asked < 0 || asked >= i) continue;
            ref readonly var parent = ref events[asked];
            happened.IsTowardsAuthor = parent.Direction != happened.Direction
                && (parent.Direction is not DyadDirection.Both || parent.CalledBy is not DyadDirection.Both
                    && parent.CalledBy != happened.Direction)
                && parent.Participants <= MaxParticipantsAnswered;
        }
    }

    private static int IndexOf(ReadOnlySpan<DyadEvent> events, uint tag)
    {
        for (var i = 0; i < events.Length; i++)
            if (events[i].IdTag == tag) return i;
        return -1;
    }

    private void ResolveSeries(Span<DyadEvent> events)
    {
        _weighedMs.Clear();
        foreach (ref var happened in events)
        {
            if (!IsOccurrence(in happened)) continue;
            if (_weighedMs.TryGetValue(happened.SeriesTag, out var weighedMs) && happened.AtMs - weighedMs < SeriesMs)
                happened.IsMuted = true;
            else _weighedMs[happened.SeriesTag] = happened.AtMs;
        }
    }
}

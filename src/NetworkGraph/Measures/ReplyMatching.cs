using NetworkGraph.Histories;
using NetworkGraph.Interactions;

namespace NetworkGraph.Measures;

/// <summary>
/// Problem: which event of a dyad answers which?
/// Method: 1. An event whose ReplyTag is the tag of an earlier event of the opposite direction answers that one, after
/// however long and of whatever kinds; the first such answer counts, and it answers nothing else. 2. A directed
/// message-like event without such an answer is answered by the first message-like event after it, of the opposite
/// direction or mutual, that answers nothing by 1, if it comes within the time given. So a burst of three messages and
/// one letter back is three messages answered. A mutual event (they met) answers what either side had written, and asks
/// for no answer itself unless one names it.
/// Precondition: events ordered by (AtMs, Position). Cost: O(n).
/// </summary>
public static class ReplyMatching
{
    /// <summary>For each event the index of the event that answers it, -1 where none does.</summary>
    public static int[] AnswerOf(ReadOnlySpan<DyadEvent> events, long withinMs)
    {
        var answerOf = new int[events.Length];
        Array.Fill(answerOf, -1);
        var namesWhatItAnswers = MatchNamed(events, answerOf);

        int nextByLow = -1, nextByHigh = -1;
        for (var i = events.Length - 1; i >= 0; i--)
        {
            ref readonly var happened = ref events[i];
            if (!happened.Kind.IsMessageLike()) continue;
            if (answerOf[i] < 0 && happened.Direction != DyadDirection.Both)
            {
                var next = happened.Direction == DyadDirection.LowToHigh ? nextByHigh : nextByLow;
                if (next >= 0 && events[next].AtMs - happened.AtMs <= withinMs) answerOf[i] = next;
            }
            if (namesWhatItAnswers is not null && namesWhatItAnswers[i]) continue;
            if (happened.Direction != DyadDirection.HighToLow) nextByLow = i;
            if (happened.Direction != DyadDirection.LowToHigh) nextByHigh = i;
        }
        return answerOf;
    }

    /// <summary>Whether the low person is the one who answered <paramref name="asked"/> with <paramref name="answer"/>.</summary>
    public static bool IsByLow(in DyadEvent asked, in DyadEvent answer) =>
        asked.Direction == DyadDirection.Both ? answer.Direction == DyadDirection.LowToHigh : asked.Direction == DyadDirection.HighToLow;

    private static bool[]? MatchNamed(ReadOnlySpan<DyadEvent> events, int[] answerOf)
    {
        Dictionary<uint, int>? indexByTag = null;
        bool[]? named = null;
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].ReplyTag == 0) continue;
            indexByTag ??= IndexByTag(events);
            if (!indexByTag.TryGetValue(events[i].ReplyTag, out var asked)) continue;
            if (asked >= i || events[asked].Direction == events[i].Direction) continue;
            named ??= new bool[events.Length];
            named[i] = true;
            if (answerOf[asked] < 0) answerOf[asked] = i;
        }
        return named;
    }

    private static Dictionary<uint, int> IndexByTag(ReadOnlySpan<DyadEvent> events)
    {
        var indexByTag = new Dictionary<uint, int>(events.Length);
        for (var i = 0; i < events.Length; i++) indexByTag.TryAdd(events[i].IdTag, i);
        return indexByTag;
    }
}

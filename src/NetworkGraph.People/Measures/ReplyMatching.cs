using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// Problem: which event of a dyad answers which?
/// Method: 1. An event whose ReplyTag is the tag of an earlier event of the opposite direction answers that one, after
/// however long and of whatever kinds; the first such answer counts, and it answers nothing else. 2. A directed
/// contact without such an answer is answered by the first contact after it, of the opposite
/// direction or mutual, that answers nothing by 1, if it comes within the time given. So a burst of three messages and
/// one letter back is three messages answered. A mutual event (they met) answers what either side had written, and asks
/// for no answer itself unless one names it.
/// Precondition: events ordered by (AtMs, Position). Cost: O(n).
/// </summary>
public static class ReplyMatching
{
    /// <summary>For each event the index of the event that answers it, -1 where none does.</summary>
    public static int[] AnswerOf(ReadOnlySpan<DyadEvent> events, long withinMs, InteractionWeights weights) =>
        new ReplyMatcher().AnswerOf(events, withinMs, weights).ToArray();

    /// <summary>Whether the low person is the one who answered <paramref name="asked"/> with <paramref name="answer"/>.</summary>
    public static bool IsByLow(in DyadEvent asked, in DyadEvent answer) =>
        asked.Direction == DyadDirection.Both ? answer.Direction == DyadDirection.LowToHigh : asked.Direction == DyadDirection.HighToLow;
}

using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// The method of <see cref="ReplyMatching"/> over buffers that are kept, for matching dyad after dyad. Not for
/// several threads. Cost: O(n), no allocation once the buffers are as long as the longest dyad.
/// </summary>
public sealed class ReplyMatcher
{
    private int[] _answerOf = new int[32];
    private bool[] _named = new bool[32];
    private bool[] _isAnswer = new bool[32];
    private uint[] _tags = new uint[64];
    private int[] _indexes = new int[64];
    private int[] _rounds = new int[64];
    private int _round;

    /// <summary>For each event the index of the event that answers it, -1 where none does; good until the next call.</summary>
    public ReadOnlySpan<int> AnswerOf(ReadOnlySpan<DyadEvent> events, long withinMs, InteractionWeights weights)
    {
        if (_answerOf.Length < events.Length)
        {
            _answerOf = new int[events.Length * 2];
            _named = new bool[events.Length * 2];
            _isAnswer = new bool[events.Length * 2];
        }
        var answerOf = _answerOf.AsSpan(0, events.Length);
        answerOf.Fill(-1);
        var anyNamed = MatchNamed(events, answerOf);

        int nextByLow = -1, nextByHigh = -1;
        for (var i = events.Length - 1; i >= 0; i--)
        {
            ref readonly var happened = ref events[i];
            if (!weights.IsContact(in happened)) continue;
            if (answerOf[i] < 0 && happened.Direction != DyadDirection.Both)
            {
                var next = happened.Direction == DyadDirection.LowToHigh ? nextByHigh : nextByLow;
                if (next >= 0 && events[next].AtMs - happened.AtMs <= withinMs) answerOf[i] = next;
            }
            if (anyNamed && _named[i]) continue;
            if (happened.Direction != DyadDirection.HighToLow) nextByLow = i;
            if (happened.Direction != DyadDirection.LowToHigh) nextByHigh = i;
        }
        _isAnswer.AsSpan(0, events.Length).Clear();
        foreach (var answer in answerOf)
            if (answer >= 0) _isAnswer[answer] = true;
        return answerOf;
    }

    /// <summary>Whether an event of the last call answers another of them.</summary>
    public bool IsAnswer(int index) => _isAnswer[index];

    private bool MatchNamed(ReadOnlySpan<DyadEvent> events, Span<int> answerOf)
    {
        var any = false;
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].ReplyTag == 0) continue;
            if (!any)
            {
                any = true;
                _named.AsSpan(0, events.Length).Clear();
                Index(events);
            }
            var asked = IndexOf(events[i].ReplyTag);
            if (asked < 0 || asked >= i || events[asked].Direction == events[i].Direction) continue;
            _named[i] = true;
            if (answerOf[asked] < 0) answerOf[asked] = i;
        }
        return any;
    }

    // Open addressing; a slot counts only in the round it was written in, so nothing has to be cleared in between.
    private void Index(ReadOnlySpan<DyadEvent> events)
    {
        if (_tags.Length < events.Length * 2)
        {
            var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)events.Length * 2);
            (_tags, _indexes, _rounds) = (new uint[size], new int[size], new int[size]);
            _round = 0;
        }
        _round++;
        for (var i = 0; i < events.Length; i++)
        {
            var slot = SlotOf(events[i].IdTag);
            if (_rounds[slot] == _round) continue;
            (_tags[slot], _indexes[slot], _rounds[slot]) = (events[i].IdTag, i, _round);
        }
    }

    private int IndexOf(uint tag)
    {
        var slot = SlotOf(tag);
        return _rounds[slot] == _round ? _indexes[slot] : -1;
    }

    private int SlotOf(uint tag)
    {
        var mask = _tags.Length - 1;
        var slot = (int)(tag * 2654435769u >> 7) & mask;
        while (_rounds[slot] == _round && _tags[slot] != tag) slot = (slot + 1) & mask;
        return slot;
    }
}

using System.Runtime.InteropServices;

namespace NetworkGraph.People.Histories;

// Comparing the tables with what the log gives, and putting them right. Only the one writer calls these.
public sealed partial class HistoryStore
{
    /// <summary>The indexes of a dyad's events in order of arrival; null where the chain leads nowhere or in a circle.</summary>
    internal List<int>? TryChainOf(int dyad)
    {
        var chain = new List<int>();
        for (var index = _dyads[dyad].LastEvent; index != -1; index = Events[index].Previous)
        {
            if (index < 0 || index >= Events.Count || chain.Count >= Events.Count) return null;
            chain.Add(index);
        }
        chain.Reverse();
        return chain;
    }

    /// <summary>
    /// Puts a dyad's chain right: every event as given, in order of arrival. Events that a broken link has cut off are found among
    /// those that no chain leads to; one that is nowhere is added. Cost: one look at every event where the chain is broken.
    /// </summary>
    internal void Repair(int dyad, ReadOnlySpan<DyadEvent> events)
    {
        var found = FindAll(dyad, events);
        var previous = -1;
        for (var i = 0; i < events.Length; i++)
        {
            var entry = events[i];
            entry.Previous = previous;
            if (found[i] < 0) found[i] = Events.Add(entry);
            else Events[found[i]] = entry;
            previous = found[i];
        }
        Volatile.Write(ref _dyads[dyad].LastEvent, previous);
        MarkChanged(dyad);
    }

    /// <summary>Where each of the events is; -1 for one that is nowhere.</summary>
    private int[] FindAll(int dyad, ReadOnlySpan<DyadEvent> events)
    {
        var found = new int[events.Length];
        var isLedTo = LedToByOthers(dyad);
        if (TryChainOf(dyad) is { } chain)
        {
            var kept = chain.Where(index => Events[index].AtMs != DyadEvent.NeverMs || Events[index].Position != 0).ToList();
            // A broken link may lead into the chain of another dyad, whose events are not this one's to write to.
            if (kept.Count == events.Length && !kept.Exists(index => isLedTo[index]))
            {
                kept.CopyTo(found);
                return found;
            }
        }
        var byContent = new Dictionary<(uint Position, long AtMs), Queue<int>>();
        for (var index = 0; index < isLedTo.Length; index++)
        {
            if (isLedTo[index]) continue;
            var key = (Events[index].Position, Events[index].AtMs);
            if (!byContent.TryGetValue(key, out var indexes)) byContent[key] = indexes = new Queue<int>();
            indexes.Enqueue(index);
        }
        for (var i = 0; i < events.Length; i++)
            found[i] = byContent.TryGetValue((events[i].Position, events[i].AtMs), out var indexes) && indexes.TryDequeue(out var index)
                ? index : -1;
        // What is left over is in no chain, must not be counted by those who look at every event, and leads nowhere.
        foreach (var index in byContent.Values.SelectMany(static left => left))
            (Events[index].Position, Events[index].AtMs, Events[index].Previous) = (0, DyadEvent.NeverMs, -1);
        return found;
    }

    /// <summary>Which events the chains of other dyads lead to.</summary>
    private bool[] LedToByOthers(int dyad)
    {
        var isLedTo = new bool[Events.Count];
        for (var other = 0; other < _dyads.Count; other++)
        {
            if (other == dyad) continue;
            for (var index = _dyads[other].LastEvent; index >= 0 && index < isLedTo.Length
                && !isLedTo[index]; index = Events[index].Previous) isLedTo[index] = true;
        }
        return isLedTo;
    }

    /// <summary>Whether two events are the same to the bit, but for where the one before them is.</summary>
    internal static bool AreSame(DyadEvent one, DyadEvent other)
    {
        one.Previous = other.Previous = 0;
        return MemoryMarshal.AsBytes(new ReadOnlySpan<DyadEvent>(in one)).SequenceEqual(
            MemoryMarshal.AsBytes(new ReadOnlySpan<DyadEvent>(in other)));
    }
}

using System.Runtime.InteropServices;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

internal enum DemoChannel : byte
{
    Email,
    LinkedIn,
    Chat,
    Phone,
    Video,
    InPerson,
    Web,
}

/// <summary>One interaction before it has an id: people, venue and the one it answers are numbers, -1 for none.</summary>
internal struct DemoDraft
{
    public DemoDraft()
    {
    }

    public required long AtMs { get; init; }

    public required int From { get; init; }

    /// <summary>The recipient; -1 where there is none or <see cref="Group"/> names several.</summary>
    public int To { get; init; } = -1;

    /// <summary>Several recipients.</summary>
    public int[]? Group { get; init; }

    public required InteractionKind Kind { get; init; }

    public Exchange Exchange { get; init; }

    public Setting Setting { get; init; }

    public DemoChannel Channel { get; init; }

    public int About { get; init; } = -1;

    public int Answers { get; init; } = -1;

    public int Venue { get; init; } = -1;

    public bool? Personalised { get; init; }

    /// <summary>0 for none.</summary>
    public int Seconds { get; init; }
}

/// <summary>
/// Collects drafts in any order, then gives each its rank in time. Compact, because 50,000 people have millions; the
/// interactions themselves are made while somebody reads them.
/// </summary>
internal sealed class DemoLedger(DemoCalendar calendar)
{
    /// <summary>Sorting packs time and number into 64 bits: 39 for 17 years of milliseconds, 25 for 33 million drafts.</summary>
    private const int NumberBits = 25;

    private readonly List<DemoDraft> _drafts = [];

    public int Count => _drafts.Count;

    public ReadOnlySpan<DemoDraft> Drafts => CollectionsMarshal.AsSpan(_drafts);

    /// <summary>Number of the draft, or -1 where it lies after the end: it has not happened yet.</summary>
    public int Add(DemoDraft draft)
    {
        if (draft.AtMs > calendar.UntilMs) return -1;
        ArgumentOutOfRangeException.ThrowIfLessThan(draft.AtMs, calendar.StartMs, nameof(draft));
        _drafts.Add(draft);
        return _drafts.Count - 1;
    }

    /// <summary>Numbers of the drafts, ordered by time; drafts of one moment in the order they were added.</summary>
    public int[] InOrderOfTime()
    {
        if (_drafts.Count >= 1 << NumberBits)
            throw new InvalidOperationException($"{_drafts.Count} interactions are more than the generator can order.");
        var keys = new ulong[_drafts.Count];
        for (var i = 0; i < keys.Length; i++) keys[i] = (ulong)(_drafts[i].AtMs - calendar.StartMs) << NumberBits | (uint)i;
        Array.Sort(keys);
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++) order[i] = (int)(keys[i] & ((1UL << NumberBits) - 1));
        return order;
    }
}

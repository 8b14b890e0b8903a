using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Venues;

namespace NetworkGraph.People;

/// <summary>
/// Where people live: takes in the log's records in order and answers what one person's history can answer. Each person
/// is one unit of consistency. Implementations: in this process (embedded), and one grain a person (cluster); one
/// conformance suite runs against both. An answer is null where nobody has that id. Dates are Unix ms; an interaction
/// counts where its date is not after <c>asOfMs</c>.
/// </summary>
public interface IPeopleHost
{
    /// <summary>Takes in the next records of the log. One caller at a time.</summary>
    ValueTask ApplyAsync(RecordBatch batch, CancellationToken cancellation);

    ValueTask<PersonAnswer?> PersonAsync(string person, long asOfMs, CancellationToken cancellation);

    /// <summary>The dyads tied in either direction that are in the range, strongest first, then by id.</summary>
    ValueTask<IReadOnlyList<Tie>?> TiesAsync(string person, long asOfMs, TieRange range, CancellationToken cancellation);

    /// <summary>What two people have had with each other; null where that is nothing.</summary>
    ValueTask<TieDetail?> TieAsync(string person, string other, long asOfMs, CancellationToken cancellation);

    ValueTask<EgoReciprocity?> ReciprocityAsync(string person, long asOfMs, CancellationToken cancellation);

    /// <summary>The dormant ties, in no order; their novelty is yet to be said by someone who sees the network.</summary>
    ValueTask<IReadOnlyList<DormantTie>?> DormantTiesAsync(string person, long asOfMs, CancellationToken cancellation);

    /// <summary>
    /// The first contacts and what became of them, the latest first, then by id; at all venues, or at the one of that exact
    /// name. Evidence names positions; whoever has the log at hand turns them into ids.
    /// </summary>
    ValueTask<FollowUpList?> FollowUpsAsync(string person, string? venue, long asOfMs, CancellationToken cancellation);

    /// <summary>The venues where the person was and what that brought, the best return a visit first, then by name.</summary>
    ValueTask<IReadOnlyList<PersonVenue>?> VenuesAsync(string person, long asOfMs, CancellationToken cancellation);

    /// <summary>Archetypes, warnings and introductions, with where in the log they were seen; for all viewers at once.</summary>
    ValueTask<PersonHabits?> HabitsAsync(string person, long asOfMs, CancellationToken cancellation);

    /// <summary>Where in the log a person's interactions are, newest first, then by position, the latest first.</summary>
    ValueTask<IReadOnlyList<HistoryEntry>?> HistoryAsync(string person, HistoryFilter filter, CancellationToken cancellation);
}

/// <summary>One interaction of a person: when, and where in the log.</summary>
public readonly record struct HistoryEntry(long AtMs, long Position);

/// <summary>Which of a person's interactions are meant, and how many. Dates are Unix ms.</summary>
public sealed record HistoryFilter
{
    /// <summary>Only with this other person.</summary>
    public string? With { get; init; }

    /// <summary>Not before.</summary>
    public long SinceMs { get; init; } = long.MinValue;

    /// <summary>Not after.</summary>
    public long UntilMs { get; init; } = DyadEvent.NeverMs - 1;

    public InteractionKind? Kind { get; init; }

    /// <summary>Only those that come after this one in the answer's order.</summary>
    public HistoryEntry? After { get; init; }

    public int Limit { get; init; } = 100;
}

using NetworkGraph.People;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Venues;
using Orleans;

namespace NetworkGraph.Cluster.People;

/// <summary>
/// One person as a unit of consistency: what <see cref="IPeopleHost"/> answers of one person, from that person's own
/// records. Keyed by <see cref="PersonGrainKey"/>, so that no id gets into the runtime's logs. Every call says up to which
/// position of the log it must know.
/// </summary>
[Alias("networkgraph.v1.IPersonGrain")]
public interface IPersonGrain : IGrainWithStringKey
{
    [Alias("Person")]
    ValueTask<Answered<PersonAnswer>> PersonAsync(PersonAsked asked, CancellationToken cancellation);

    [Alias("Ties")]
    ValueTask<Answered<Tie[]>> TiesAsync(PersonAsked asked, TieRange range, CancellationToken cancellation);

    [Alias("Tie")]
    ValueTask<Answered<TieDetail>> TieAsync(PersonAsked asked, string other, CancellationToken cancellation);

    [Alias("Reciprocity")]
    ValueTask<Answered<EgoReciprocity>> ReciprocityAsync(PersonAsked asked, CancellationToken cancellation);

    [Alias("DormantTies")]
    ValueTask<Answered<DormantTie[]>> DormantTiesAsync(PersonAsked asked, CancellationToken cancellation);

    [Alias("FollowUps")]
    ValueTask<Answered<FollowUpList>> FollowUpsAsync(PersonAsked asked, string? venue, CancellationToken cancellation);

    [Alias("Venues")]
    ValueTask<Answered<PersonVenue[]>> VenuesAsync(PersonAsked asked, CancellationToken cancellation);

    [Alias("Habits")]
    ValueTask<Answered<PersonHabits>> HabitsAsync(PersonAsked asked, CancellationToken cancellation);

    [Alias("History")]
    ValueTask<Answered<HistoryEntry[]>> HistoryAsync(PersonAsked asked, HistoryFilter filter, CancellationToken cancellation);
}

/// <summary>Whom a call is about and what it must know. New fields get new numbers; numbers are never used again.</summary>
/// <param name="Person">The id; the grain's key is made of it.</param>
/// <param name="Position">All records up to here that name the person count.</param>
/// <param name="AsOfMs">Unix ms; interactions dated after it do not count.</param>
/// <param name="Reads">How the asker packs such answers (<see cref="Answered{T}"/>).</param>
[GenerateSerializer]
[Immutable]
[Alias("networkgraph.v1.PersonAsked")]
public readonly record struct PersonAsked([property: Id(0)] string Person, [property: Id(1)] long Position, [property: Id(2)] long AsOfMs, [property: Id(3)] long Reads);

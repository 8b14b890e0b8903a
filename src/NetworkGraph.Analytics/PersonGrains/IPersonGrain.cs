using NetworkGraph.Analytics.Briefs;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Analytics.Revival;
using NetworkGraph.Analytics.Structure;
using NetworkGraph.People;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Referrals;
using NetworkGraph.People.Venues;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace NetworkGraph.Analytics.PersonGrains;

/// <summary>
/// One person: the address of every question about that person and their history, keyed by <see cref="PersonGrainKey"/>.
/// All methods read, so they interleave. An answer is null for an unknown id.
/// </summary>
[Alias("networkgraph.IPersonGrain")]
[Version(1)]
public interface IPersonGrain : IGrainWithStringKey
{
    /// <summary>The current profile, and what the person took part in by the date.</summary>
    [AlwaysInterleave]
    [Alias("Person")]
    ValueTask<PersonAnswer?> PersonAsync(PersonRequest request, CancellationToken cancellation);

    /// <summary>The dyads tied in either direction that are in the range, strongest first, then by id.</summary>
    [AlwaysInterleave]
    [Alias("Ties")]
    ValueTask<IReadOnlyList<Tie>?> TiesAsync(PersonRequest request, TieRange range, CancellationToken cancellation);

    /// <summary>What the person and another have had with each other; null where that is nothing.</summary>
    [AlwaysInterleave]
    [Alias("Tie")]
    ValueTask<TieDetail?> TieAsync(PersonRequest request, string other, CancellationToken cancellation);

    /// <summary>What the person puts in and gets back.</summary>
    [AlwaysInterleave]
    [Alias("Reciprocity")]
    ValueTask<EgoReciprocity?> ReciprocityAsync(PersonRequest request, CancellationToken cancellation);

    /// <summary>The dormant ties, the ones most worth reviving first.</summary>
    [AlwaysInterleave]
    [Alias("DormantTies")]
    ValueTask<DormantTieList?> DormantTiesAsync(PersonRequest request, ReconnectGoal goal, CancellationToken cancellation);

    /// <summary>The first contacts and what became of them, the latest first; at all venues, or at the one of that exact name.</summary>
    [AlwaysInterleave]
    [Alias("FollowUps")]
    ValueTask<FollowUpList?> FollowUpsAsync(PersonRequest request, string? venue, CancellationToken cancellation);

    /// <summary>The venues where the person was and what that brought, the best return a visit first.</summary>
    [AlwaysInterleave]
    [Alias("Venues")]
    ValueTask<IReadOnlyList<PersonVenue>?> VenuesAsync(PersonRequest request, CancellationToken cancellation);

    /// <summary>Referrals the person made, received or is the subject of, the latest first.</summary>
    [AlwaysInterleave]
    [Alias("Referrals")]
    ValueTask<ReferralList?> ReferralsAsync(PersonRequest request, CancellationToken cancellation);

    /// <summary>The person's habits with the archetypes carried, highest score first.</summary>
    [AlwaysInterleave]
    [Alias("Archetypes")]
    ValueTask<PersonHabits?> ArchetypesAsync(PersonRequest request, CancellationToken cancellation);

    /// <summary>The warnings that the viewer sees on the person's list, highest score first.</summary>
    [AlwaysInterleave]
    [Alias("Warnings")]
    ValueTask<IReadOnlyList<HabitFinding>?> WarningsAsync(PersonRequest request, CancellationToken cancellation);

    /// <summary>Where in the log the person's interactions are, newest first.</summary>
    [AlwaysInterleave]
    [Alias("History")]
    ValueTask<IReadOnlyList<HistoryEntry>?> HistoryAsync(PersonRequest request, HistoryFilter filter, CancellationToken cancellation);

    /// <summary>Where in the log the person is at all, whatever the date, oldest first.</summary>
    [AlwaysInterleave]
    [Alias("Records")]
    ValueTask<PersonRecords?> RecordsAsync(PersonRequest request, CancellationToken cancellation);

    /// <summary>The next best actions, worth most first.</summary>
    [AlwaysInterleave]
    [Alias("Nudges")]
    ValueTask<NudgeList?> NudgesAsync(PersonRequest request, CancellationToken cancellation);

    /// <summary>What to know before meeting another.</summary>
    [AlwaysInterleave]
    [Alias("Brief")]
    ValueTask<BriefOutcome> BriefAsync(PersonRequest request, string other, CancellationToken cancellation);

    /// <summary>Who can introduce the person to another, or to anyone of a set.</summary>
    [AlwaysInterleave]
    [Alias("Introductions")]
    ValueTask<IntroductionsOutcome> IntroductionsAsync(
        PersonRequest request, IntroductionsRequest question, CancellationToken cancellation);

    /// <summary>What reviving a tie would change for the person.</summary>
    [AlwaysInterleave]
    [Alias("Revival")]
    ValueTask<RevivalOutcome> RevivalAsync(PersonRequest request, string other, int limit, CancellationToken cancellation);

    /// <summary>The person's place in the network.</summary>
    [AlwaysInterleave]
    [Alias("Structure")]
    ValueTask<PersonStructureAnswer?> StructureAsync(PersonRequest request, bool weighted, CancellationToken cancellation);

    /// <summary>The neighbours with the strongest ties, and the ties among them.</summary>
    [AlwaysInterleave]
    [Alias("Ego")]
    ValueTask<EgoAnswer?> EgoAsync(PersonRequest request, int limit, CancellationToken cancellation);
}

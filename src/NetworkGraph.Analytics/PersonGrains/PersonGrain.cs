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
using Orleans.Placement;

namespace NetworkGraph.Analytics.PersonGrains;

/// <summary>
/// A person, answering from the histories and snapshots of the silo it is on. It holds none of them itself, so it costs
/// nothing to lose; it is placed on the silo that asks where that one owns people.
/// </summary>
[PreferLocalPlacement]
[OwnsPeople]
public sealed class PersonGrain(
    LogFold fold, EmbeddedPeople people, NetworkQueries network, ReferralQueries referrals, PersonalNudges nudges, BriefQueries briefs,
        RevivalQueries revival,
    StructureQueries structure) : Grain, IPersonGrain
{
    public ValueTask<PersonAnswer?> PersonAsync(PersonRequest request, CancellationToken cancellation) =>
        AnswerAsync(request, stop => people.PersonAsync(request.Person, DateOf(request), stop), cancellation);

    public ValueTask<IReadOnlyList<Tie>?> TiesAsync(PersonRequest request, TieRange range, CancellationToken cancellation) =>
        AnswerAsync(request, stop => network.TiesAsync(request.Viewer, request.Person, DateOf(request), range, stop), cancellation);

    public ValueTask<TieDetail?> TieAsync(PersonRequest request, string other, CancellationToken cancellation) =>
        AnswerAsync(request, stop => network.TieAsync(request.Viewer, request.Person, other, DateOf(request), stop), cancellation);

    public ValueTask<EgoReciprocity?> ReciprocityAsync(PersonRequest request, CancellationToken cancellation) =>
        AnswerAsync(request, stop => people.ReciprocityAsync(request.Person, DateOf(request), stop), cancellation);

    public ValueTask<DormantTieList?> DormantTiesAsync(PersonRequest request, ReconnectGoal goal, CancellationToken cancellation) =>
        AnswerAsync(request, stop => network.DormantTiesAsync(request.Viewer, request.Person, goal, request.AsOfMs, stop), cancellation);

    public ValueTask<FollowUpList?> FollowUpsAsync(PersonRequest request, string? venue, CancellationToken cancellation) =>
        AnswerAsync(request, stop => people.FollowUpsAsync(request.Person, venue, DateOf(request), stop), cancellation);

    public ValueTask<IReadOnlyList<PersonVenue>?> VenuesAsync(PersonRequest request, CancellationToken cancellation) =>
        AnswerAsync(request, stop => people.VenuesAsync(request.Person, DateOf(request), stop), cancellation);

    public ValueTask<ReferralList?> ReferralsAsync(PersonRequest request, CancellationToken cancellation) =>
        AnswerAsync(request, stop => new ValueTask<ReferralList?>(referrals.Of(request.Person, DateOf(request), stop)), cancellation);

    public ValueTask<PersonHabits?> ArchetypesAsync(PersonRequest request, CancellationToken cancellation) =>
        AnswerAsync(request, stop => network.ArchetypesAsync(request.Person, DateOf(request), stop), cancellation);

    public ValueTask<IReadOnlyList<HabitFinding>?> WarningsAsync(PersonRequest request, CancellationToken cancellation) =>
        AnswerAsync(request, stop => network.WarningsAsync(request.Viewer, request.Person, DateOf(request), stop), cancellation);

    public ValueTask<IReadOnlyList<HistoryEntry>?> HistoryAsync(
        PersonRequest request, HistoryFilter filter, CancellationToken cancellation) =>
        AnswerAsync(request, stop => people.HistoryAsync(request.Person, filter, stop), cancellation);

    public ValueTask<PersonRecords?> RecordsAsync(PersonRequest request, CancellationToken cancellation) =>
        AnswerAsync(request, _ => new ValueTask<PersonRecords?>(PersonRecords.Of(people.Histories, request.Person)), cancellation);

    public ValueTask<NudgeList?> NudgesAsync(PersonRequest request, CancellationToken cancellation) =>
        AnswerAsync(request, stop => nudges.NudgesAsync(request.Person, request.AsOfMs, stop), cancellation);

    public ValueTask<BriefOutcome> BriefAsync(PersonRequest request, string other, CancellationToken cancellation) =>
        AnswerAsync(request, stop => briefs.BriefAsync(request.Viewer, request.Person, other, request.AsOfMs, stop), cancellation);

    public ValueTask<IntroductionsOutcome> IntroductionsAsync(
        PersonRequest request, IntroductionsRequest question, CancellationToken cancellation) =>
        AnswerAsync(request, stop => network.IntroductionsAsync(question, stop), cancellation);

    public ValueTask<RevivalOutcome> RevivalAsync(PersonRequest request, string other, int limit, CancellationToken cancellation) =>
        AnswerAsync(request, stop => revival.WhatIfAsync(request.Person, other, request.AsOfMs, limit, stop), cancellation);

    public ValueTask<PersonStructureAnswer?> StructureAsync(PersonRequest request, bool weighted, CancellationToken cancellation) =>
        AnswerAsync(request, stop => structure.OfPersonAsync(request.Person, request.AsOfMs, weighted, stop), cancellation);

    public ValueTask<EgoAnswer?> EgoAsync(PersonRequest request, int limit, CancellationToken cancellation) =>
        AnswerAsync(request, stop => structure.EgoAsync(request.Viewer, request.Person, request.AsOfMs, limit, stop), cancellation);

    private long DateOf(PersonRequest request) => request.AsOfMs ?? network.CurrentAsOfMs;

    /// <summary>
    /// Answers once this silo knows what the caller knows. The work is done off the grain's scheduler: histories and
    /// snapshots are read without locks, so that questions about a busy person need not wait for each other.
    /// </summary>
    private async ValueTask<T> AnswerAsync<T>(
        PersonRequest request, Func<CancellationToken, ValueTask<T>> answer, CancellationToken cancellation)
    {
        await fold.CatchUpAsync(request.Folded, request.Published, cancellation);
        fold.Suspended.Check(request.Person);
        return await Task.Run(() => answer(cancellation).AsTask(), cancellation);
    }
}

using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.People.Venues;
using Orleans;

namespace NetworkGraph.Cluster.People;

/// <summary>
/// The same fold as everywhere, with one person's records in it: loaded from the log when first asked, continued from
/// there when a call must know more, and loaded anew when somebody was erased since. So any silo may die, and nothing is
/// written twice.
/// </summary>
internal sealed class PersonGrain(SharedLog log, MeasureOptions options) : Grain, IPersonGrain
{
    private EmbeddedPeople _people = NoRecords(options);
    private long _position = -1;
    private long _erasedPosition;

    public async ValueTask<Answered<PersonAnswer>> PersonAsync(PersonAsked asked, CancellationToken cancellation) =>
        new(await (await KnowingAsync(asked, cancellation)).PersonAsync(asked.Person, asked.AsOfMs, cancellation), asked.Reads);

    public async ValueTask<Answered<Tie[]>> TiesAsync(PersonAsked asked, TieRange range, CancellationToken cancellation) =>
        new((await (await KnowingAsync(asked, cancellation)).TiesAsync(asked.Person, asked.AsOfMs, range, cancellation))?.ToArray(), asked.Reads);

    public async ValueTask<Answered<TieDetail>> TieAsync(PersonAsked asked, string other, CancellationToken cancellation) =>
        new(await (await KnowingAsync(asked, cancellation)).TieAsync(asked.Person, other, asked.AsOfMs, cancellation), asked.Reads);

    public async ValueTask<Answered<EgoReciprocity>> ReciprocityAsync(PersonAsked asked, CancellationToken cancellation) =>
        new(await (await KnowingAsync(asked, cancellation)).ReciprocityAsync(asked.Person, asked.AsOfMs, cancellation), asked.Reads);

    public async ValueTask<Answered<DormantTie[]>> DormantTiesAsync(PersonAsked asked, CancellationToken cancellation) =>
        new((await (await KnowingAsync(asked, cancellation)).DormantTiesAsync(asked.Person, asked.AsOfMs, cancellation))?.ToArray(), asked.Reads);

    public async ValueTask<Answered<FollowUpList>> FollowUpsAsync(PersonAsked asked, string? venue, CancellationToken cancellation) =>
        new(await (await KnowingAsync(asked, cancellation)).FollowUpsAsync(asked.Person, venue, asked.AsOfMs, cancellation), asked.Reads);

    public async ValueTask<Answered<PersonVenue[]>> VenuesAsync(PersonAsked asked, CancellationToken cancellation) =>
        new((await (await KnowingAsync(asked, cancellation)).VenuesAsync(asked.Person, asked.AsOfMs, cancellation))?.ToArray(), asked.Reads);

    public async ValueTask<Answered<PersonHabits>> HabitsAsync(PersonAsked asked, CancellationToken cancellation) =>
        new(await (await KnowingAsync(asked, cancellation)).HabitsAsync(asked.Person, asked.AsOfMs, cancellation), asked.Reads);

    public async ValueTask<Answered<HistoryEntry[]>> HistoryAsync(PersonAsked asked, HistoryFilter filter, CancellationToken cancellation) =>
        new((await (await KnowingAsync(asked, cancellation)).HistoryAsync(asked.Person, filter, cancellation))?.ToArray(), asked.Reads);

    /// <summary>The fold, with all records up to the position that the call must know.</summary>
    private async ValueTask<EmbeddedPeople> KnowingAsync(PersonAsked asked, CancellationToken cancellation)
    {
        if (_position >= asked.Position) return _people;
        var opened = await log.OpenAsync(cancellation);
        var found = await opened.ReadPersonAsync(asked.Person, Math.Max(0, _position), cancellation);
        if (_position >= 0 && found.ErasedPosition > _erasedPosition)
        {
            // What is known may name somebody who was erased.
            found = await opened.ReadPersonAsync(asked.Person, 0, cancellation);
            _people = NoRecords(options);
        }
        foreach (var (position, record) in found.Records) await _people.ApplyAsync(new RecordBatch(position, [record]), cancellation);
        _position = found.LastPosition;
        _erasedPosition = found.ErasedPosition;
        return _people;
    }

    private static EmbeddedPeople NoRecords(MeasureOptions options) => new(new HistoryStore(), new ProfileStore(), new BoundaryStore(), options);
}

using System.Runtime.CompilerServices;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Measures;
using NetworkGraph.Server.Api.Boundaries;
using NetworkGraph.Server.Api.People;

namespace NetworkGraph.Server.Api.Export;

/// <summary>Somebody named the person as the third one of an introduction, a referral or gossip.</summary>
public sealed record MentionAnswer(DateTimeOffset At, string Kind, string Exchange);

/// <summary>
/// Everything held about one person, as they may see it: nothing that others keep from them. The parts are read as they are
/// written out, in the order of the properties here, so that memory is for a position an interaction and a batch of records.
/// </summary>
internal sealed class PersonExport
{
    private const int RecordsAtOnce = 512;
    private readonly PersonRecords _records;
    private readonly IInteractionLog _log;
    private readonly BoundaryStore _boundaries;

    private PersonExport(PersonAnswer person, IReadOnlyList<Tie> ties, PersonRecords records, IInteractionLog log, BoundaryStore boundaries)
    {
        (Person, Ties) = (person, ties);
        (_records, _log, _boundaries) = (records, log, boundaries);
    }

    public PersonAnswer Person { get; }

    /// <summary>Where others named them; who did towards whom is those people's.</summary>
    public IEnumerable<MentionAnswer> Mentions => _records.Mentions.Select(mention =>
        new MentionAnswer(
            DateTimeOffset.FromUnixTimeMilliseconds(mention.AtMs), WireNames.Of(mention.Kind), WireNames.Of(mention.Exchange)));

    public IReadOnlyList<Tie> Ties { get; }

    public IEnumerable<BlockAnswer> Blocks => _boundaries.BlocksBy(Person.Id).Select(block =>
        new BlockAnswer(block.Against, DateTimeOffset.FromUnixTimeMilliseconds(block.SinceMs)));

    /// <summary>The reports they made.</summary>
    public IEnumerable<FiledReportAnswer> Reports => _boundaries.ReportsBy(Person.Id).Select(FiledReportAnswer.Of);

    /// <summary>Null where the id is not known.</summary>
    public static async Task<PersonExport?> OpenAsync(Viewer viewer, string id, IServiceProvider services, CancellationToken cancellation)
    {
        var people = services.GetRequiredService<PersonGrains>();
        var asOfMs = services.GetRequiredService<NetworkQueries>().CurrentAsOfMs;
        var person = await people.AskAsync(
            viewer, id, asOfMs, static (grain, request, stop) => grain.PersonAsync(request, stop), cancellation);
        var records = await people.AskAsync(
            viewer, id, asOfMs, static (grain, request, stop) => grain.RecordsAsync(request, stop), cancellation);
        if (person is null || records is null) return null;
        var ties = await people.AskAsync(
            viewer, id, asOfMs, static (grain, request, stop) => grain.TiesAsync(request, TieRange.All, stop), cancellation) ?? [];
        return new PersonExport(
            person, ties, records, services.GetRequiredService<IInteractionLog>(), services.GetRequiredService<BoundaryStore>());
    }

    /// <summary>What they took part in, oldest first, some at a time.</summary>
    public async IAsyncEnumerable<IEnumerable<InteractionAnswer>> InteractionsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var positions in _records.TakesPart.Chunk(RecordsAtOnce))
            yield return (await _log.ReadAtAsync(positions, cancellation)).OfType<Interaction>().Select(InteractionAnswer.Of);
    }
}

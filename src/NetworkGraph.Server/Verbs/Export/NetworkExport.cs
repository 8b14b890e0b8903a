using NetworkGraph.Analytics.Structure;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>
/// Writes what a log holds and what follows from it, in whatever form was asked for. It reads what the server reads, without locks, so a
/// served folder is exported while it is served. What it needs in memory does not grow with what it writes, but for a row group of Parquet.
/// </summary>
internal sealed class NetworkExport(
    IInteractionLog log, EmbeddedPeople people, PeopleOptions measures, StructureQueries structure, TimeProvider time)
{
    /// <summary>Returns how many were written.</summary>
    /// <param name="request">What to write.</param>
    /// <param name="to">Where to; written to as a whole by one thread, without waiting for anything but it.</param>
    /// <param name="progress">Told how many of how many are done.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<long> WriteAsync(ExportRequest request, Stream to, Action<long, long> progress, CancellationToken cancellation)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var asOfMs = request.AsOfMs ?? nowMs;
        switch (request.Content)
        {
            case ExportContent.Log:
                return await LogArchive.WriteAsync(log, time.GetUtcNow(), to, progress, cancellation);
            case ExportContent.Interactions:
                return await InteractionExport.WriteAsync(log, request.Format, to, progress, cancellation);
            case ExportContent.People:
                return request.Format is ExportFormat.VCard
                    ? CardExport.Write(people, to, progress, cancellation)
                    : await PeopleExport.WriteAsync(people, request.Format, to, progress, cancellation);
            case ExportContent.Measures:
                return await MeasureExport.WriteAsync(
                    people, structure, request.AsOfMs, asOfMs, request.Format, to, progress, cancellation);
            case ExportContent.Aliases:
                return AliasExport.Write(people, request.Format, to);
            case ExportContent.FollowUps:
                return await FollowUpCalendar.WriteAsync(people, request.Person!, asOfMs, nowMs, to, cancellation);
            default:
                var ties = new TieExport(
                    people, measures, asOfMs, progress, cancellation)
                { IsDirected = request.IsDirected, IsDynamic = request.IsDynamic };
                return await ties.WriteAsync(request.Format, to);
        }
    }
}

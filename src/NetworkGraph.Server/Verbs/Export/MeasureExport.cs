using System.Runtime.CompilerServices;
using System.Text;
using NetworkGraph.Analytics.Structure;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.People;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>One person with all that is measured of them.</summary>
internal sealed record PersonMeasures(
    PersonAnswer Person, EgoReciprocity Reciprocity, PersonStructureAnswer? Structure, FollowUpList? FollowUps, PersonHabits? Habits);

/// <summary>
/// A table of people with every measure of one person: what the answers about each of them say, in one row. Who stands behind an id that is
/// another's alias has no row of their own. Warnings are not in it: they are for the person and the safety role.
/// </summary>
internal static class MeasureExport
{
    private const int BufferChars = 1 << 16;
    private const int ReportEvery = 1 << 6;

    public static readonly IReadOnlyList<Column<PersonMeasures>> Columns =
    [
        new("id", ColumnType.Text, "the person", m => m.Person.Id),
        new("name", ColumnType.Text, "", m => m.Person.Name),
        new("organisation", ColumnType.Text, "", m => m.Person.Organisation),
        new("role", ColumnType.Text, "", m => m.Person.Role),
        new("industry", ColumnType.Text, "", m => m.Person.Industry),
        new("tags", ColumnType.Text, "separated by ';'", m => m.Person.Tags.Count == 0 ? null : InteractionCsv.Joined([.. m.Person.Tags])),
        new("entity", ColumnType.Text, "person, role, list, room, bot or organisation", m => m.Person.Entity),
        new("aliases", ColumnType.Count, "further ids", m => m.Person.Aliases.Count),
        new("firstSeen", ColumnType.Time, "", m => m.Person.FirstSeen),
        new("lastSeen", ColumnType.Time, "", m => m.Person.LastSeen),
        new("interactionsOut", ColumnType.Count, "by this person", m => m.Person.InteractionsOut),
        new("interactionsIn", ColumnType.Count, "towards this person", m => m.Person.InteractionsIn),
        new("contacts", ColumnType.Count, "people they ever interacted with", m => m.Person.Contacts),
        new("ties", ColumnType.Count, "dyads tied in either direction", m => m.Reciprocity.Ties),
        new("mutualTies", ColumnType.Count, "dyads with contacts in both directions", m => m.Reciprocity.MutualTies),
        new("returned", ColumnType.Number, "share of what they put in that comes back, 0 to 1", m => m.Reciprocity.Returned),
        new("given", ColumnType.Number, "share of what they get that they return, 0 to 1", m => m.Reciprocity.Given),
        new("balance", ColumnType.Number, "the harmonic mean of the two", m => m.Reciprocity.Balance),
        new("strengthOut", ColumnType.Number, "sum of the strengths of contacts by them", m => m.Reciprocity.Evidence.StrengthOut),
        new("strengthIn", ColumnType.Number, "towards them", m => m.Reciprocity.Evidence.StrengthIn),
        new("couldCall", ColumnType.Count, "connections they could call today", m => m.Person.VanityGap?.CouldCall),
        new("connections", ColumnType.Count, "people with whom some interaction has weight", m => m.Person.VanityGap?.Connections),
        new("followedUpWithin24h", ColumnType.Number, "share of first contacts, 0 to 1", m => m.FollowUps?.RateWithin24h),
        new("followedUpWithin48h", ColumnType.Number, "the same", m => m.FollowUps?.RateWithin48h),
        new("followedUp", ColumnType.Number, "the same within 14 days", m => m.FollowUps?.RateFollowedUp),
        new("followUpsDue", ColumnType.Count, "first contacts still to follow up", m => m.FollowUps?.States.GetValueOrDefault("due")),
        new("degree", ColumnType.Count, "people tied in either direction", m => m.Structure?.Degree),
        new("constraint", ColumnType.Number, "Burt's constraint", m => m.Structure?.Constraint),
        new("effectiveSize", ColumnType.Number, "Burt's effective size", m => m.Structure?.EffectiveSize),
        new("localBridges", ColumnType.Count, "ties without a common neighbour", m => m.Structure?.LocalBridges),
        new("simmelianTies", ColumnType.Count, "mutual ties in a clique of three", m => m.Structure?.SimmelianTies),
        new("betweenness", ColumnType.Number, "share of the pairs on whose shortest ways they stand, 0 to 1", m =>
            m.Structure?.Betweenness),
        new("community", ColumnType.Count, "number of the community, 0 the largest", m => m.Structure?.Community),
        new("pageRank", ColumnType.Number, "all people's add up to 1", m => m.Structure?.PageRank),
        new("archetypes", ColumnType.Text, "separated by ';'", m =>
            m.Habits is { Archetypes.Count: > 0 } habits ? InteractionCsv.Joined([.. habits.Archetypes.Select(a => a.Name)]) : null),
    ];

    /// <summary>Returns how many were written.</summary>
    /// <param name="people">Who there is.</param>
    /// <param name="structure">Their places in the network.</param>
    /// <param name="askedAsOfMs">The date that was asked for; null for now.</param>
    /// <param name="asOfMs">The date of all but the structure.</param>
    /// <param name="format">NDJSON, CSV or Parquet.</param>
    /// <param name="to">Where to.</param>
    /// <param name="progress">Told how many of how many are done.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<long> WriteAsync(
        EmbeddedPeople people, StructureQueries structure, long? askedAsOfMs, long asOfMs, ExportFormat format, Stream to, Action<long,
            long> progress,
        CancellationToken cancellation)
    {
        var rows = RowsAsync(people, structure, askedAsOfMs, asOfMs, progress, cancellation);
        if (format is ExportFormat.Parquet) return await ParquetTable.WriteAsync(Columns, rows, to, cancellation);
        using var lines = new JsonLines(to);
        await using var csv = new StreamWriter(to, new UTF8Encoding(false), BufferChars, leaveOpen: true);
        if (format is ExportFormat.Csv) csv.Write(string.Join(',', Columns.Select(column => column.Name)) + '\n');
        var written = 0L;
        await foreach (var row in rows)
        {
            if (format is ExportFormat.Csv) TypedCsv.WriteRow(csv, Columns, row);
            else lines.Write(writer =>
            {
                writer.WriteStartObject();
                foreach (var column in Columns) column.WriteTo(writer, row);
                writer.WriteEndObject();
            });
            written++;
        }
        lines.Flush();
        return written;
    }

    private static async IAsyncEnumerable<PersonMeasures> RowsAsync(
        EmbeddedPeople people, StructureQueries structure, long? askedAsOfMs, long asOfMs, Action<long, long> progress,
            [EnumeratorCancellation] CancellationToken cancellation)
    {
        var count = people.Histories.People.Count;
        for (var person = 0; person < count; person++)
        {
            if (person % ReportEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress(person, count);
            }
            if (PeopleExport.ProfileOf(people, person) is not { Id: var id } || people.Aliases.CanonicalOf(id) != id) continue;
            if (await people.PersonAsync(id, asOfMs, cancellation) is not { } known
                || await people.ReciprocityAsync(id, asOfMs, cancellation) is not { } reciprocity) continue;
            yield return new PersonMeasures(
                known, reciprocity, await structure.OfPersonAsync(id, askedAsOfMs, weighted: true, cancellation),
                await people.FollowUpsAsync(id, null, asOfMs, cancellation), await people.HabitsAsync(id, asOfMs, cancellation));
        }
    }
}

/// <summary>Rows of typed columns as CSV whose cells no spreadsheet computes.</summary>
internal static class TypedCsv
{
    public static void WriteRow<T>(TextWriter csv, IReadOnlyList<Column<T>> columns, T row)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0) csv.Write(',');
            // A number that is negative is no formula.
            if (columns[i].Type is ColumnType.Text) InteractionCsv.WriteCell(csv, columns[i].TextOf(row));
            else csv.Write(columns[i].TextOf(row));
        }
        csv.Write('\n');
    }
}

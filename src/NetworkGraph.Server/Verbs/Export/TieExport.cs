using System.Text;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Csv;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>A dyad and its measures as of a date, seen from the person with the lower number.</summary>
internal readonly record struct ExportedTie(int Person, int Other, Tie Tie);

/// <summary>An edge of a graph, with its measures seen from its source.</summary>
/// <param name="Source">Number of a person.</param>
/// <param name="Target">Number of the other.</param>
/// <param name="Tie">The measures.</param>
/// <param name="Weight">The strength of the direction, or of both together.</param>
/// <param name="First">When the first interaction of the two happened; only of a dynamic graph.</param>
internal readonly record struct ExportedEdge(int Source, int Target, Tie Tie, double Weight, DateTimeOffset First);

/// <summary>
/// Every dyad that had an interaction by a date, with all its measures, in the order in which the two first met in the
/// log. Written one at a time; what it needs in memory is the histories.
/// </summary>
internal sealed class TieExport(
    EmbeddedPeople people, PeopleOptions measures, long asOfMs, Action<long, long> progress, CancellationToken cancellation)
{
    private const int BufferChars = 1 << 16;
    private const int ReportEvery = 1 << 10;

    public EmbeddedPeople People => people;

    /// <summary>Unix ms.</summary>
    public long AsOfMs => asOfMs;

    /// <summary>
    /// Graphs: an edge for each direction in which there were interactions, whose weight is the strength of that direction.
    /// </summary>
    public bool IsDirected { get; init; }

    /// <summary>Graphs: each edge says from when until when there were interactions.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>Returns how many were written.</summary>
    public async Task<long> WriteAsync(ExportFormat format, Stream to) => format switch
    {
        ExportFormat.Ndjson => WriteNdjson(to),
        ExportFormat.Csv => WriteCsv(to),
        ExportFormat.Parquet => await ParquetTable.WriteAsync(Columns, Ties().ToAsyncEnumerable(), to, cancellation),
        ExportFormat.GraphMl => GraphMl.Write(this, to),
        ExportFormat.Gexf => Gexf.Write(this, to),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>The edges of a graph: the dyads, or each of their directions in which there were interactions.</summary>
    public IEnumerable<ExportedEdge> Edges()
    {
        var reader = new DyadReader(people.Histories);
        foreach (var (low, high, tie) in Ties())
        {
            var first = IsDynamic ? FirstOf(reader, low, high) : tie.LastInteraction;
            if (!IsDirected)
            {
                yield return new ExportedEdge(low, high, tie, tie.StrengthOut + tie.StrengthIn, first);
                continue;
            }
            if (tie.InteractionsOut > 0) yield return new ExportedEdge(low, high, tie, tie.StrengthOut, first);
            if (tie.InteractionsIn == 0 || people.Histories.Find(low, high) is not { } dyad) continue;
            if (DyadMeasures.Tie(IdOf(low), reader.Read(dyad.Index, asOfMs), selfIsLow: false, asOfMs, measures) is { } back)
                yield return new ExportedEdge(high, low, back, back.StrengthOut, first);
        }
    }

    private List<Column<ExportedTie>> Columns =>
    [
        new("person", ColumnType.Text, "", tie => IdOf(tie.Person)),
        new("other", ColumnType.Text, "", tie => IdOf(tie.Other)),
        .. TieColumns.All.Select(column => new Column<ExportedTie>(column.Name, column.Type, column.Meaning, tie => column.Value(tie.Tie))),
    ];

    private DateTimeOffset FirstOf(DyadReader reader, int low, int high)
    {
        var first = long.MaxValue;
        if (people.Histories.Find(low, high) is { } dyad)
        {
            foreach (ref readonly var happened in reader.Read(dyad.Index, asOfMs))
                if (happened.Direction is not DyadDirection.Mentioned) first = Math.Min(first, happened.AtMs);
        }
        return DateTimeOffset.FromUnixTimeMilliseconds(first == long.MaxValue ? asOfMs : first);
    }

    public IEnumerable<ExportedTie> Ties()
    {
        var histories = people.Histories;
        var reader = new DyadReader(histories);
        var count = histories.DyadCount;
        var forecast = Forecast(histories);
        for (var dyad = 0; dyad < count; dyad++)
        {
            if (dyad % ReportEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress(dyad, count);
            }
            // What two people had under other ids of theirs is read with the dyad of the ids that they are known by.
            var (low, high) = histories.PeopleOf(dyad);
            if (low == high || histories.Aliases.Resolve(dyad) != dyad) continue;
            if (DyadMeasures.Tie(
                IdOf(high), reader.Read(dyad, asOfMs), selfIsLow: true, asOfMs, measures, forecast.Of(low, high)) is { } tie)
                yield return new ExportedTie(low, high, tie);
        }
    }

    /// <summary>What is foretold of ties at the date, as answers give it.</summary>
    private TieForecast Forecast(HistoryStore histories)
    {
        var decay = people.Models.DecayFor(asOfMs, measures);
        var snapshot = SnapshotAssembly.Collect(histories, measures, decay, asOfMs, histories.VisiblePosition, null, cancellation).Build(
            asOfMs);
        return TieForecast.At(people.Models, histories.Dates, asOfMs, histories.VisiblePosition, snapshot);
    }

    /// <summary>The numbers of those who took part in something by the date, ascending, with their profiles.</summary>
    public IEnumerable<(int Number, Profile Profile)> PeopleSeen()
    {
        var histories = people.Histories;
        var seen = new bool[histories.People.Count];
        var reader = new DyadReader(histories);
        for (var dyad = 0; dyad < histories.DyadCount; dyad++)
        {
            if (dyad % ReportEvery == 0) cancellation.ThrowIfCancellationRequested();
            var (low, high) = histories.PeopleOf(dyad);
            if (histories.Aliases.Resolve(dyad) != dyad || seen[low] && seen[high] || !HasPart(reader.Read(dyad, asOfMs))) continue;
            seen[low] = seen[high] = true;
        }
        for (var person = 0; person < seen.Length; person++)
            if (seen[person] && PeopleExport.ProfileOf(people, person) is { } profile) yield return (person, profile);
    }

    /// <summary>Whether the events are more than mentions of a third person.</summary>
    private static bool HasPart(ReadOnlySpan<DyadEvent> events)
    {
        foreach (ref readonly var happened in events)
            if (happened.Direction is not DyadDirection.Mentioned) return true;
        return false;
    }

    private long WriteNdjson(Stream to)
    {
        using var lines = new JsonLines(to);
        var written = 0L;
        foreach (var (person, other, tie) in Ties())
        {
            lines.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("person", IdOf(person));
                json.WriteString("other", IdOf(other));
                foreach (var column in TieColumns.All) column.WriteTo(json, tie);
                json.WriteEndObject();
            });
            written++;
        }
        lines.Flush();
        return written;
    }

    private long WriteCsv(Stream to)
    {
        using var csv = new StreamWriter(to, new UTF8Encoding(false), BufferChars, leaveOpen: true);
        csv.Write($"person,other,{string.Join(',', TieColumns.All.Select(column => column.Name))}\n");
        var written = 0L;
        foreach (var (person, other, tie) in Ties())
        {
            InteractionCsv.WriteCell(csv, IdOf(person));
            csv.Write(',');
            InteractionCsv.WriteCell(csv, IdOf(other));
            foreach (var column in TieColumns.All)
            {
                csv.Write(',');
                csv.Write(column.TextOf(tie));
            }
            csv.Write('\n');
            written++;
        }
        return written;
    }

    private string IdOf(int person) => people.Histories.People.Ids[person];
}

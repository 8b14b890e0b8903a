using System.Text;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Csv;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>A dyad and its measures as of a date, seen from the person with the lower number.</summary>
internal readonly record struct ExportedTie(int Person, int Other, Tie Tie);

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

    /// <summary>Returns how many were written.</summary>
    public long Write(ExportFormat format, Stream to) => format switch
    {
        ExportFormat.Ndjson => WriteNdjson(to),
        ExportFormat.Csv => WriteCsv(to),
        ExportFormat.GraphMl => GraphMl.Write(this, to),
        ExportFormat.Gexf => Gexf.Write(this, to),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    public IEnumerable<ExportedTie> Ties()
    {
        var histories = people.Histories;
        var reader = new DyadReader(histories);
        var count = histories.DyadCount;
        for (var dyad = 0; dyad < count; dyad++)
        {
            if (dyad % ReportEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress(dyad, count);
            }
            var (low, high) = histories.PeopleOf(dyad);
            if (low == high) continue;
            if (DyadMeasures.Tie(IdOf(high), reader.Read(dyad, asOfMs), selfIsLow: true, asOfMs, measures) is { } tie)
                yield return new ExportedTie(low, high, tie);
        }
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
            if (seen[low] && seen[high] || !HasPart(reader.Read(dyad, asOfMs))) continue;
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

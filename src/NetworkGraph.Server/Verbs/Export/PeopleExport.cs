using System.Text;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Csv;
using NetworkGraph.People;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>Everybody who is known, in the order in which the log first named them, with their profile as it is now.</summary>
internal static class PeopleExport
{
    private const int BufferChars = 1 << 16;
    private const int ReportEvery = 1 << 12;

    /// <summary>Returns how many were written.</summary>
    public static async Task<long> WriteAsync(
        EmbeddedPeople people, ExportFormat format, Stream to, Action<long, long> progress, CancellationToken cancellation)
    {
        if (format is ExportFormat.Parquet)
            return await ParquetTable.WriteAsync(
                PersonColumns.All, Everybody(people, progress, cancellation).ToAsyncEnumerable(), to, cancellation);
        using var lines = new JsonLines(to);
        await using var csv = new StreamWriter(to, new UTF8Encoding(false), BufferChars, leaveOpen: true);
        if (format is ExportFormat.Csv) csv.Write(string.Join(',', PersonColumns.All.Select(column => column.Name)) + '\n');
        var written = 0L;
        foreach (var profile in Everybody(people, progress, cancellation))
        {
            if (format is ExportFormat.Csv) WriteRow(csv, profile);
            else lines.Write(writer => ProfileJson.Write(writer, profile));
            written++;
        }
        lines.Flush();
        return written;
    }

    private static IEnumerable<Profile> Everybody(EmbeddedPeople people, Action<long, long> progress, CancellationToken cancellation)
    {
        var count = people.Histories.People.Count;
        for (var person = 0; person < count; person++)
        {
            if (person % ReportEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress(person, count);
            }
            if (ProfileOf(people, person) is { } profile) yield return profile;
        }
    }

    /// <summary>The profile of a person, a bare one where they have none; null for a person who was erased.</summary>
    public static Profile? ProfileOf(EmbeddedPeople people, int person)
    {
        if (people.Profiles.Of(person) is { } profile) return profile;
        var id = people.Histories.People.Ids[person];
        return id.Length == 0 ? null : new Profile { Id = id };
    }

    private static void WriteRow(StreamWriter csv, Profile profile)
    {
        for (var i = 0; i < PersonColumns.All.Count; i++)
        {
            if (i > 0) csv.Write(',');
            InteractionCsv.WriteCell(csv, PersonColumns.All[i].TextOf(profile));
        }
        csv.Write('\n');
    }
}

using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Tests.Imports;

/// <summary>All that an import yields, for tests.</summary>
internal sealed class Imported
{
    public List<Interaction> Interactions { get; } = [];

    public List<Profile> Profiles { get; } = [];

    public List<SamePerson> SamePeople { get; } = [];

    public List<CancelledMeeting> Cancelled { get; } = [];

    public List<RejectedLine> Rejected { get; } = [];

    public required ImportContext Context { get; init; }

    public required IReadOnlyList<string> Formats { get; init; }

    public Unreadable? Unreadable { get; set; }

    public IReadOnlyDictionary<string, long> LeftOut => Context.Report.LeftOutCounts.ToDictionary(r => r.Key, r => r.Value);

    /// <summary>"kind from -> to at" of each, by time.</summary>
    public string[] Lines => [.. Interactions.OrderBy(i => i.AtMs).ThenBy(i => i.Id, StringComparer.Ordinal).Select(Line)];

    public static string Line(Interaction i) => $"{Rfc3339.Format(i.AtMs)} {WireNames.Of(i.Kind)} {i.From} -> {string.Join(",", i.To)}";
}

internal static class Importing
{
    /// <summary>The day after the latest of the samples.</summary>
    public static readonly long NowMs = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>The folder of the samples; the test is skipped where there is none.</summary>
    public static string Samples
    {
        get
        {
            var data = Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA");
            if (data is null) Assert.Skip("NETWORKGRAPH_DATA, the folder of the real data sets, is not set.");
            return data;
        }
    }

    public static Imported Sample(string path, ImportOptions? options = null, string? format = null)
    {
        using var source = ImportSource.Open(Path.Combine(Samples, "importers", path));
        return Import(source, options, format);
    }

    public static Imported Text(string name, string text, ImportOptions? options = null, string? format = null) =>
        Bytes(name, Encoding.UTF8.GetBytes(text), options, format);

    public static Imported Bytes(string name, byte[] bytes, ImportOptions? options = null, string? format = null)
    {
        using var source = ImportSource.FromBytes(name, (name, bytes));
        return Import(source, options, format);
    }

    public static Imported Files(ImportOptions? options, params (string Path, string Text)[] files)
    {
        using var source = ImportSource.FromBytes("folder", [.. files.Select(f => (f.Path, Encoding.UTF8.GetBytes(f.Text)))]);
        return Import(source, options, null);
    }

    public static Imported Import(ImportSource source, ImportOptions? options, string? format)
    {
        var context = new ImportContext(options ?? ImportOptions.Default, source.Name, NowMs, TestContext.Current.CancellationToken);
        var plan = ImportPlan.Recognise(source, format);
        var imported = new Imported { Context = context, Formats = [.. plan.Parts.Select(part => part.Format.Name)] };
        var rows = plan.Open(context);
        using (rows as IDisposable)
        {
            for (var isMore = true; isMore;)
            {
                var batch = new RowBatch(100);
                isMore = rows.ReadAsync(batch, NowMs, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
                Add(imported, batch);
            }
        }
        return imported;
    }

    private static void Add(Imported imported, RowBatch batch)
    {
        imported.Interactions.AddRange(batch.Records.OfType<Interaction>());
        imported.Profiles.AddRange(batch.Records.OfType<ProfileChanged>().Select(changed => changed.Profile));
        imported.SamePeople.AddRange(batch.SamePeople);
        imported.Cancelled.AddRange(batch.Cancelled);
        imported.Rejected.AddRange(batch.Rejected);
        imported.Unreadable = batch.Unreadable ?? imported.Unreadable;
    }
}

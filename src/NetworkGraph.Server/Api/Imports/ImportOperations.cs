using System.Globalization;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Imports;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>Imports that the log knows: to list, to look at, to undo. A key that is not for administration sees its own.</summary>
internal static class ImportOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("listImports", "/v1/imports", List).In("Imports").For(Access.Senders)
            .Described("List imports", "All imports, the latest to begin first. With an ingest key, those of that key."),
        Operation.Get("getImport", "/v1/imports/{batch}", Get).In("Imports").For(Access.Senders).MayNotFind()
            .Described("Get an import", "One import: what it brought, and how far it is."),
        Operation.Delete("undoImport", "/v1/imports/{batch}", UndoAsync).In("Imports").For(Access.Senders).MayNotFind()
            .Described("Undo an import",
                "Withdraws the import as a source of everything it brought. What has no other source no longer counts, and every measure "
                + "is as if the import had never been; "
                + "it may be imported again. Answered when it is durable; where it was interrupted, ask again."),
    ];

    private static Reply<ListAnswer<ImportAnswer>> List(PageRequest request, Viewer viewer, ImportStore imports, NetworkQueries queries)
    {
        var page = request.Page;
        var before = page.Cursor is { } cursor && long.TryParse(cursor.After, out var position) ? position : long.MaxValue;
        var found = imports.All().Where(import => import.FirstPosition < before && MaySee(viewer, import)).Take(page.Limit + 1).ToList();
        var asOfMs = queries.CurrentAsOfMs;
        var shown = found.Take(page.Limit).ToList();
        var next = found.Count > page.Limit ? page.Next(asOfMs, shown[^1].FirstPosition.ToString(CultureInfo.InvariantCulture)) : null;
        return new ListAnswer<ImportAnswer>([.. shown.Select(ImportAnswer.Of)], next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs));
    }

    private static Reply<ImportAnswer> Get(ImportRequest request, Viewer viewer, ImportStore imports) =>
        imports.Of(request.Batch) is { } import && MaySee(viewer, import) ? ImportAnswer.Of(import) : NoImport(request.Batch);

    private static async Task<Reply<UndoAnswer>> UndoAsync(
        ImportRequest request, Viewer viewer, ImportStore imports, IInteractionLog log, LogFold fold, TimeProvider clock,
            CancellationToken cancellation)
    {
        if (imports.Of(request.Batch) is not { } import || !MaySee(viewer, import)) return NoImport(request.Batch);
        var undone = await new ImportUndo(log, clock).RunAsync(import, viewer.KeyId, cancellation);
        await fold.UntilFoldedAsync(undone.LastPosition, cancellation);
        return new UndoAnswer(request.Batch, undone.Withdrawn, undone.Kept);
    }

    private static bool MaySee(Viewer viewer, ImportBatch import) =>
        viewer.MaySeeAllInteractions || (import.Key is not null && import.Key == viewer.KeyId);

    private static Problem NoImport(string batch) => Problem.NotFound("batch", $"There is no import '{batch}'.");
}

internal sealed record ImportRequest([Name] string Batch) : IOperationRequest;

/// <summary>An import.</summary>
public sealed record ImportAnswer
{
    public required string Batch { get; init; }

    /// <summary>started, finished, stopped, undoing or undone.</summary>
    public required string State { get; init; }

    /// <summary>When it first began; null where only its interactions name it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it reached its state; null where only its interactions name it.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Public id of the API key it was run with.</summary>
    public string? Key { get; init; }

    public string? Format { get; init; }

    /// <summary>The file's name, without its folder.</summary>
    public string? FileName { get; init; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string? FileHash { get; init; }

    /// <summary>Interactions that were new.</summary>
    public required long Accepted { get; init; }

    /// <summary>Interactions that were there already with the same content.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Interactions whose id was there already with other content.</summary>
    public required long Conflicts { get; init; }

    /// <summary>Interactions whose id was retracted.</summary>
    public required long Retracted { get; init; }

    /// <summary>Rows that broke a rule.</summary>
    public required long RejectedCount { get; init; }

    internal static ImportAnswer Of(ImportBatch import) => new()
    {
        Batch = import.Batch,
        State = ImportNames.Of(import.Phase),
        StartedAt = import.StartedAtMs is { } started ? DateTimeOffset.FromUnixTimeMilliseconds(started) : null,
        ChangedAt = import.ChangedAtMs is { } changed ? DateTimeOffset.FromUnixTimeMilliseconds(changed) : null,
        Key = import.Key,
        Format = import.Format,
        FileName = import.FileName,
        FileHash = import.FileHash,
        Accepted = import.Counts.Accepted,
        Duplicates = import.Counts.Duplicates,
        Conflicts = import.Counts.Conflicts,
        Retracted = import.Counts.Retracted,
        RejectedCount = import.Counts.Rejected,
    };
}

/// <summary>What undoing an import came to.</summary>
/// <param name="Batch">The import.</param>
/// <param name="Withdrawn">Interactions that no longer count: the import was their only source.</param>
/// <param name="Kept">Interactions that still count, from another source.</param>
public sealed record UndoAnswer(string Batch, long Withdrawn, long Kept);

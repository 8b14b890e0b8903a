using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Tests.Rows;

/// <summary>All that was read from a source.</summary>
internal sealed record Reading(List<Interaction> Interactions, List<long> Lines, List<RejectedLine> Rejected, Unreadable? Unreadable)
{
    public static Reading Ndjson(byte[] bytes, int chunk = int.MaxValue, int batch = 1000, RowLimits? limits = null) =>
        Of(NdjsonRows.OfInteractions(new ChunkedStream(bytes, chunk), new InteractionDraft(), limits ?? RowLimits.Default), batch);

    public static Reading Json(byte[] bytes, int chunk = int.MaxValue, int batch = 1000, RowLimits? limits = null) =>
        Of(new JsonDocumentRows(new ChunkedStream(bytes, chunk), new InteractionDraft(), limits ?? RowLimits.Default), batch);

    public static Reading Csv(
        byte[] bytes, CsvRequest? request = null, int chunk = int.MaxValue, int batch = 1000, RowLimits? limits = null)
    {
        var errors = new List<OptionError>();
        var options = CsvOptions.Read(request ?? new CsvRequest(), errors);
        errors.ShouldBeEmpty();
        return Of(new CsvRows(
            new ChunkedStream(bytes, chunk), options, new InteractionDraft(new DerivedIds()), limits ?? RowLimits.Default), batch);
    }

    public static Reading Csv(string text, CsvRequest? request = null) => Csv(Encoding.UTF8.GetBytes(text), request);

    public override string ToString() =>
        string.Join('\n', [.. Interactions.Zip(Lines, (i, l) => $"{l}: {RandomInteractions.Text(i)}"),
            .. Rejected.Select(r => r.ToString()), Unreadable?.ToString() ?? "read"]);

    private static Reading Of(IRowSource source, int batch)
    {
        var reading = new Reading([], [], [], null);
        var rows = new RowBatch(batch);
        // The streams here are always ready, so nothing is waited for.
        while (true)
        {
            rows.Clear();
            var isMore = source.ReadAsync(
                rows, RandomInteractions.NowMs, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
            reading.Interactions.AddRange(rows.Records.Cast<Interaction>());
            reading.Lines.AddRange(rows.Lines);
            reading.Rejected.AddRange(rows.Rejected);
            if (!isMore) return reading with { Unreadable = rows.Unreadable };
        }
    }

    /// <summary>Gives at most so many bytes at a time.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }
}

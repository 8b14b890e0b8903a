using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NetworkGraph.Events.Log;
using NetworkGraph.People.Imports;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Verbs;

/// <summary><c>imports</c>: lists the imports of a data folder or of a running server, and undoes one.</summary>
public static class ImportsVerb
{
    private static readonly Option<string?> s_data = new(
        "--data")
    { Description = "The folder of the log (default ./data). It must not be served meanwhile.", HelpName = "dir" };

    private static readonly Option<string?> s_server = new(
        "--server")
    { Description = $"Ask a running server instead, such as {ServerOptions.DefaultUrls}.", HelpName = "url" };

    private static readonly Argument<string> s_batch = new("import") { Description = "The import's id, as 'imports list' shows it." };

    public static Command Create()
    {
        var list = new Command("list", "List all imports: what each brought, and how far it is.") { s_data, s_server, ServerKey.Key };
        list.SetAction((parsed, cancellation) => RunAsync(parsed, null, cancellation));
        var undo = new Command(
            "undo", "Withdraw an import: what has no other source no longer counts. It may be imported again.") { s_batch, s_data,
            s_server, ServerKey.Key };
        undo.SetAction((parsed, cancellation) => RunAsync(parsed, parsed.GetRequiredValue(s_batch), cancellation));
        return new Command("imports", "List imports, and undo one.") { list, undo };
    }

    private static async Task<int> RunAsync(ParseResult parsed, string? undo, CancellationToken cancellation)
    {
        try
        {
            if (parsed.GetValue(s_server) is not { } address)
                return await InFolderAsync(parsed.GetValue(s_data) ?? new ServerOptions().Data, undo, cancellation);
            if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            {
                await Console.Error.WriteLineAsync($"--server '{address}' is not an http or https address.");
                return ExitCodes.Usage;
            }
            using var http = new HttpClient { BaseAddress = server };
            if (ServerKey.Of(parsed) is { } key) http.DefaultRequestHeaders.Authorization = new("Bearer", key);
            return await OnServerAsync(http, undo, cancellation);
        }
        catch (Exception failure) when (
            failure is LogUnavailableException or LogCorruptedException or HttpRequestException or JsonException)
        {
            var hint = failure is LogUnavailableException { InnerException: IOException }
                ? " To ask a server that serves the folder, name it (--server)." : "";
            await Console.Error.WriteLineAsync(failure.Message + hint);
            return ExitCodes.Failed;
        }
    }

    private static async Task<int> InFolderAsync(string folder, string? undo, CancellationToken cancellation)
    {
        if (!SqliteLog.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"'{folder}' holds no log.");
            return ExitCodes.Failed;
        }
        await using var log = await SqliteLog.OpenAsync(folder, cancellation);
        var imports = new ImportStore();
        await foreach (var batch in log.ReadAsync(0, cancellation))
            for (var i = 0; i < batch.Records.Length; i++) imports.Apply(batch.Records[i], batch.FirstPosition + i);
        if (undo is null)
        {
            foreach (var import in imports.All())
                await WriteAsync(import.Batch, ImportNames.Of(import.Phase, isRunning: false), import.Counts.Accepted,
                    import.Counts.Duplicates, import.FileName);
            return ExitCodes.Done;
        }
        if (imports.Of(undo) is not { } found) return await NoImportAsync(undo);
        var undone = await new ImportUndo(log, TimeProvider.System).RunAsync(found, null, cancellation);
        await UndoneAsync(undone.Withdrawn, undone.Kept);
        return ExitCodes.Done;
    }

    private static async Task<int> OnServerAsync(HttpClient http, string? undo, CancellationToken cancellation)
    {
        if (undo is not null)
        {
            using var answer = await http.DeleteAsync("v1/imports/" + PersonIdSegment.Write(undo), cancellation);
            if (answer.StatusCode is System.Net.HttpStatusCode.NotFound) return await NoImportAsync(undo);
            answer.EnsureSuccessStatusCode();
            using var undone = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            await UndoneAsync(undone.RootElement.GetProperty("withdrawn").GetInt64(), undone.RootElement.GetProperty("kept").GetInt64());
            return ExitCodes.Done;
        }
        for (var cursor = ""; cursor is not null;)
        {
            using var page = JsonDocument.Parse(await http.GetByteArrayAsync("v1/imports?limit=1000" + cursor, cancellation));
            foreach (var import in page.RootElement.GetProperty("items").EnumerateArray())
            {
                await WriteAsync(
                    import.GetProperty("batch").GetString()!, import.GetProperty("state").GetString()!, import.GetProperty("accepted")
                    .GetInt64(),
                    import.GetProperty("duplicates").GetInt64(), import.GetProperty("fileName").GetString());
            }
            cursor = page.RootElement.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + Uri.EscapeDataString(next) : null;
        }
        return ExitCodes.Done;
    }

    private static Task WriteAsync(string batch, string state, long accepted, long duplicates, string? file) => Console.Out.WriteLineAsync(
        string.Create(CultureInfo.InvariantCulture,
            $"{batch}\t{state}\t{accepted} accepted\t{duplicates} duplicates{(file is null ? "" : "\t" + file)}"));

    private static Task UndoneAsync(long withdrawn, long kept) =>
        Console.Out.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{withdrawn:N0} interactions withdrawn, {kept:N0} kept from other sources"));

    private static async Task<int> NoImportAsync(string batch)
    {
        await Console.Error.WriteLineAsync($"There is no import '{batch}'.");
        return ExitCodes.Failed;
    }
}

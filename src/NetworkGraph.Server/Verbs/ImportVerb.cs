using System.CommandLine;
using System.Text.Json;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Server.Api.Imports;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Verbs;

/// <summary><c>import</c>: a file, folder or archive that people have, into a data folder or to a running server.</summary>
public static class ImportVerb
{
    private static readonly Argument<string> s_file = new(
        "file")
    { Description = "What to import: a file (plain or gzip), a folder, or a zip archive; '-' is the standard input." };

    private static readonly Option<string> s_format = new("--format")
    {
        Description = "Default auto: by the content.",
        HelpName = string.Join('|', ImportPlan.FormatNames),
        DefaultValueFactory = _ => ImportPlan.Auto,
    };

    private static readonly Option<string?> s_batch = new(
        "--batch")
    {
        Description = "The import's id, to list and undo it by (default: from the file's name and beginning).",
        HelpName = "id"
    };

    private static readonly Option<string[]> s_me = new(
        "--me")
    { Description = "Whose data it is: your ids, separated by commas. Default: guessed, and shown.", HelpName = "ids" };

    private static readonly Option<bool> s_dryRun = new(
        "--dry-run")
    { Description = "Show what would be imported, what is left out and why, and what was assumed; write nothing." };

    private static readonly Option<string?> s_timeZone = new(
        "--time-zone")
    { Description = "The zone of times that name none, such as Europe/Berlin or +01:00.", HelpName = "zone" };

    private static readonly Option<string?> s_timeFormat = new(
        "--time-format")
    {
        Description = "CSV: how times are written, such as 'dd.MM.yyyy HH:mm'. Default: the usual forms.",
        HelpName = "format"
    };

    private static readonly Option<string?> s_dateOrder = new(
        "--date-order")
    {
        Description = "What comes first in dates such as 03/04/26. Default: what all dates of the file show.",
        HelpName = "dmy|mdy|ymd"
    };

    private static readonly Option<bool> s_tentative = new(
        "--tentative")
    { Description = "Calendars: who answered tentatively took part." };

    private static readonly Option<bool> s_readText = new(
        "--read-text")
    {
        Description =
        "Read texts for what was asked, given or thanked for (English, German, French, Spanish). Texts are never stored."
    };

    private static readonly Option<bool> s_lists = new(
        "--lists")
    { Description = "Mail: first posts to mailing lists are attendances at the list." };

    private static readonly Option<string?> s_data = new(
        "--data")
    { Description = "The folder of the log (default ./data). It must not be served meanwhile.", HelpName = "dir" };

    private static readonly Option<string?> s_server = new(
        "--server")
    { Description = $"Send to a running server instead, such as {ServerOptions.DefaultUrls}.", HelpName = "url" };

    private static readonly Option<string?> s_errors = new(
        "--errors")
    {
        Description =
        "Write every row that was not taken to this file, as NDJSON with line, id, field and reason (from a server: the first 1,000).",
        HelpName = "file"
    };

    private static readonly Option<string?> s_delimiter = new(
        "--delimiter")
    {
        Description =
        "CSV: what separates the columns; one character, or comma, semicolon, tab, pipe, space. Default: recognised.",
        HelpName = "char"
    };

    private static readonly Option<string?> s_columns = new(
        "--columns")
    {
        Description = "CSV without a header: the fields of the columns, separated by commas; - for a column to leave out.",
        HelpName = "from,to,at"
    };

    private static readonly Option<string[]> s_map = new(
        "--map")
    {
        Description = "CSV: where a column is not called as its field is. May be given several times.",
        HelpName = "field=column"
    };

    private static readonly Option<string[]> s_ignore = new(
        "--ignore")
    { Description = "CSV: columns to leave out, separated by commas. May be given several times.", HelpName = "columns" };

    private static readonly Option<string?> s_epoch = new(
        "--epoch")
    { Description = "CSV: what a time of 0 means, RFC 3339 (default 1970-01-01T00:00:00Z).", HelpName = "time" };

    private static readonly Option<string?> s_timeUnit = new(
        "--time-unit")
    {
        Description =
        "What times that are numbers count. Where it is left out: ms, and numbers that can only be seconds are refused.",
        HelpName = "s|ms"
    };

    private static readonly Option<string?>[] s_constants =
        [.. CsvOptions.ConstantFields.Select(f => new Option<string?>("--" + f.Name()) { Description = $"CSV and graphs: the '{f.Name()}' "
            + $"of every row, where there is no such column.", HelpName = f.Name() })];

    private static readonly Option<string?> s_chat = new(
        "--chat")
    { Description = "WhatsApp: what the chat is called. Default: by the name of the file.", HelpName = "name" };

    private static readonly Option<string?> s_mapping = new("--mapping")
    {
        Description = "CSV: a JSON file that says which columns hold which fields, what words mean, and which rows are "
            + "turned round or dropped.",
        HelpName = "file",
    };

    private static readonly Option<bool> s_undirectedBoth = new(
        "--undirected-both")
    { Description = "Graphs: an undirected edge is one interaction each way." };

    private static readonly Option[] s_readingOptions =
        [s_mapping, s_chat, s_undirectedBoth, s_timeZone, s_timeFormat, s_dateOrder, s_tentative, s_lists, s_readText, s_delimiter,
            s_columns, s_map, s_ignore, s_epoch, s_timeUnit, .. s_constants];

    public static Command Create()
    {
        var import = new Command("import",
            "Import what you have: a LinkedIn archive, a mailbox (mbox, Maildir, eml), a calendar, an address book, a table, or "
            + "what an export wrote. "
            + "The format is recognised by the content. Rows that are wrong are reported by line, field and reason, and the "
            + "others are taken. "
            + "Ids come from the source or from the content, so importing a file again changes nothing.\n\n"
            + $"Ends with {ExitCodes.Done} where every row was taken or was there already, {ExitCodes.Partly} where some were not, "
                + $"{ExitCodes.Failed} where "
            + $"none was or the import failed, {ExitCodes.Usage} where the options make no sense, {ExitCodes.Stopped} where it was "
                + $"stopped; what was kept is said.")
        { s_file, s_format, s_me, s_dryRun, s_batch, s_data, s_server, ServerKey.Key, s_errors };
        foreach (var option in s_readingOptions) import.Options.Add(option);
        import.SetAction((parsed, cancellation) => ImportAsync(parsed, TimeProvider.System, cancellation));
        return import;
    }

    private static async Task<int> ImportAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new List<string>();
        var arguments = Read(parsed, errors);
        if (errors.Count == 0) return await new ImportCommand(arguments, time, Console.Out, Console.Error).RunAsync(cancellation);
        foreach (var error in errors) await Console.Error.WriteLineAsync(error);
        return ExitCodes.Usage;
    }

    /// <summary>
    /// What was asked for. Every mistake is one line of <paramref name="errors"/>; the request is of use where there is none.
    /// </summary>
    private static ImportArguments Read(ParseResult parsed, List<string> errors)
    {
        var file = parsed.GetRequiredValue(s_file);
        if (file != ImportArguments.StandardInput && !File.Exists(file) && !Directory.Exists(file))
            errors.Add($"There is no file '{file}'.");
        var format = parsed.GetRequiredValue(s_format);
        if (!ImportPlan.FormatNames.Contains(format, StringComparer.OrdinalIgnoreCase))
            errors.Add($"--format '{format}' is unknown; there are {string.Join(", ", ImportPlan.FormatNames)}.");
        var settings = ReadSettings(parsed, errors);
        var broken = new List<OptionError>();
        var options = settings.Read(broken);
        errors.AddRange(broken.Select(b => $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(b.Option)} {b.Reason}."));
        return new ImportArguments
        {
            File = file,
            Request = new ImportRequest
            {
                FileName = file == ImportArguments.StandardInput ? null
                    : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(file))),
                // A mapping is for a table.
                Format = settings.Mapping is not null && format == ImportPlan.Auto ? "csv" : format.ToLowerInvariant(),
                IsDryRun = parsed.GetValue(s_dryRun),
                Batch = ReadBatch(parsed, errors),
                Options = options,
            },
            Settings = settings,
            Data = ReadData(parsed, errors),
            Server = ServerAddress.Read(parsed.GetValue(s_server), errors),
            Key = ServerKey.Of(parsed),
            Errors = parsed.GetValue(s_errors),
        };
    }

    private static ImportSettings ReadSettings(ParseResult parsed, List<string> errors) => new()
    {
        Csv = ReadCsv(parsed),
        Me = [.. (parsed.GetValue(s_me) ?? []).SelectMany(
            ids => ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        Tentative = parsed.GetValue(s_tentative),
        Lists = parsed.GetValue(s_lists),
        Chat = parsed.GetValue(s_chat),
        UndirectedBoth = parsed.GetValue(s_undirectedBoth),
        ReadText = parsed.GetValue(s_readText),
        Mapping = ReadMapping(parsed, errors),
    };

    private static string? ReadBatch(ParseResult parsed, List<string> errors)
    {
        var batch = parsed.GetValue(s_batch);
        if (batch is not null && InteractionRules.BrokenText(batch, "--batch", InteractionRules.MaxBatchChars) is { } broken)
            errors.Add($"--batch {broken.Reason}.");
        return batch;
    }

    private static string? ReadMapping(ParseResult parsed, List<string> errors)
    {
        if (parsed.GetValue(s_mapping) is not { } path) return null;
        if (File.Exists(path)) return File.ReadAllText(path);
        errors.Add($"There is no file '{path}' (--mapping).");
        return null;
    }

    private static string ReadData(ParseResult parsed, List<string> errors)
    {
        var data = parsed.GetValue(s_data) ?? new ServerOptions().Data;
        if (parsed.GetValue(s_data) is not null && parsed.GetValue(s_server) is not null)
            errors.Add("--data and --server exclude each other.");
        if (File.Exists(data)) errors.Add($"--data '{data}' is a file, not a folder.");
        return data;
    }

    private static CsvRequest ReadCsv(ParseResult parsed)
    {
        var constants = new Dictionary<InteractionField, string>();
        for (var i = 0; i < s_constants.Length; i++)
            if (parsed.GetValue(s_constants[i]) is { } text) constants[CsvOptions.ConstantFields[i]] = text;
        return new CsvRequest
        {
            Delimiter = parsed.GetValue(s_delimiter),
            Columns = parsed.GetValue(s_columns),
            Map = parsed.GetValue(s_map) ?? [],
            Ignore = parsed.GetValue(s_ignore) ?? [],
            Epoch = parsed.GetValue(s_epoch),
            TimeUnit = parsed.GetValue(s_timeUnit),
            TimeZone = parsed.GetValue(s_timeZone),
            TimeFormat = parsed.GetValue(s_timeFormat),
            DateOrder = parsed.GetValue(s_dateOrder),
            Constants = constants,
        };
    }
}

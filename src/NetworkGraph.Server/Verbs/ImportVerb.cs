using System.CommandLine;
using System.Text.Json;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Server.Options;

namespace NetworkGraph.Server.Verbs;

/// <summary><c>import</c>: a file of interactions or people, into a data folder or to a running server.</summary>
public static class ImportVerb
{
    private static readonly Argument<string> s_file = new("file") { Description = "The file to import, plain or gzip; '-' is the standard input." };

    private static readonly Option<string?> s_format = new("--format")
    {
        Description = "Default: by the ending of the file's name.",
        HelpName = string.Join('|', ImportFormat.All.Select(f => f.Name)),
    };

    private static readonly Option<string> s_what = new("--what")
    {
        Description = "people are profiles, ndjson only.",
        HelpName = "interactions|people",
        DefaultValueFactory = _ => "interactions",
    };

    private static readonly Option<string?> s_data = new("--data") { Description = "The folder of the log (default ./data). It must not be served meanwhile.", HelpName = "dir" };

    private static readonly Option<string?> s_server = new("--server") { Description = $"Send to a running server instead, such as {ServerOptions.DefaultUrls}.", HelpName = "url" };

    private static readonly Option<string?> s_errors = new("--errors") { Description = "Write every row that was not taken to this file, as NDJSON with line, id, field and reason.", HelpName = "file" };

    private static readonly Option<string?> s_batch = new("--batch") { Description = "The import's id, to list and undo it by (default: from the file's name and beginning).", HelpName = "id" };

    private static readonly Option<string?> s_delimiter = new("--delimiter") { Description = "CSV: what parts the columns; one character, or comma (default), semicolon, tab, pipe, space.", HelpName = "char" };

    private static readonly Option<string?> s_columns = new("--columns") { Description = "CSV without a header: the fields of the columns, parted by commas; - for a column to leave out.", HelpName = "from,to,at" };

    private static readonly Option<string[]> s_map = new("--map") { Description = "CSV: where a column is not called as its field is. May be given several times.", HelpName = "field=column" };

    private static readonly Option<string[]> s_ignore = new("--ignore") { Description = "CSV: columns to leave out, parted by commas. May be given several times.", HelpName = "columns" };

    private static readonly Option<string?> s_epoch = new("--epoch") { Description = "CSV: what a time of 0 means, RFC 3339 (default 1970-01-01T00:00:00Z).", HelpName = "time" };

    private static readonly Option<string?> s_timeUnit = new("--time-unit") { Description = "What times that are numbers count. Where it is left out: ms, and numbers that can only be seconds are refused.", HelpName = "s|ms" };

    private static readonly Option<string?>[] s_constants =
        [.. CsvOptions.ConstantFields.Select(f => new Option<string?>("--" + f.Name()) { Description = $"CSV: the '{f.Name()}' of every row, where there is no such column.", HelpName = f.Name() })];

    private static readonly Option[] s_csvOptions = [s_delimiter, s_columns, s_map, s_ignore, s_epoch, .. s_constants];

    public static Command Create()
    {
        var import = new Command("import",
            "Import a file of interactions or people. Rows that are wrong are reported by line, field and reason, and the others are taken. "
            + "Interactions without an id get one from their content, so importing a file again changes nothing.\n\n"
            + $"Ends with {ExitCodes.Done} where every row was taken or was there already, {ExitCodes.Partly} where some were not, {ExitCodes.Failed} where "
            + $"none was or the import failed, {ExitCodes.Usage} where the options make no sense, {ExitCodes.Stopped} where it was stopped; what was kept is said.")
        { s_file, s_format, s_what, s_data, s_server, s_errors, s_timeUnit, s_batch };
        foreach (var option in s_csvOptions) import.Options.Add(option);
        import.SetAction((parsed, cancellation) => ImportAsync(parsed, TimeProvider.System, cancellation));
        return import;
    }

    private static async Task<int> ImportAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new List<string>();
        var request = Read(parsed, errors);
        if (errors.Count == 0) return await new ImportRun(request, time, Console.Out, Console.Error).RunAsync(cancellation);
        foreach (var error in errors) await Console.Error.WriteLineAsync(error);
        return ExitCodes.Usage;
    }

    /// <summary>What was asked for. Every mistake is one line of <paramref name="errors"/>; the request is of use where there is none.</summary>
    private static ImportRequest Read(ParseResult parsed, List<string> errors)
    {
        var file = parsed.GetRequiredValue(s_file);
        if (file != ImportRequest.StandardInput && !File.Exists(file)) errors.Add($"There is no file '{file}'.");
        var format = ReadFormat(parsed, file, errors);
        var what = parsed.GetRequiredValue(s_what);
        if (what is not ("interactions" or "people")) errors.Add($"--what '{what}' is unknown; there are interactions, people.");
        if (what is "people" && !format.HoldsPeople) errors.Add($"--what people is not for --format {format.Name}.");
        if (format != ImportFormat.Csv && s_csvOptions.FirstOrDefault(o => parsed.GetResult(o) is not null) is { } csvOnly)
            errors.Add($"{csvOnly.Name} is for --format csv.");
        return new ImportRequest
        {
            File = file,
            Format = format,
            IsPeople = what is "people",
            Data = ReadData(parsed, errors),
            Server = ReadServer(parsed, errors),
            Errors = parsed.GetValue(s_errors),
            Batch = ReadBatch(parsed, errors),
            Csv = ReadCsv(parsed, file, errors),
            TimeUnit = parsed.GetValue(s_timeUnit) switch { "s" => TimeUnit.Seconds, "ms" => TimeUnit.Milliseconds, _ => TimeUnit.Assumed },
        };
    }

    private static string? ReadBatch(ParseResult parsed, List<string> errors)
    {
        var batch = parsed.GetValue(s_batch);
        if (batch is not null && InteractionRules.BrokenText(batch, "--batch", InteractionRules.MaxBatchChars) is { } broken) errors.Add($"--batch {broken.Reason}.");
        return batch;
    }

    private static ImportFormat ReadFormat(ParseResult parsed, string file, List<string> errors)
    {
        var names = string.Join(", ", ImportFormat.All.Select(f => f.Name));
        if (parsed.GetValue(s_format) is { } name)
        {
            if (ImportFormat.All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } named) return named;
            errors.Add($"--format '{name}' is unknown; there are {names}.");
        }
        else if (ImportFormat.ByName(file) is { } byName)
        {
            return byName;
        }
        else
        {
            errors.Add($"The name '{file}' does not tell the format; --format does ({names}).");
        }
        return ImportFormat.Csv;
    }

    private static string ReadData(ParseResult parsed, List<string> errors)
    {
        var data = parsed.GetValue(s_data) ?? new ServerOptions().Data;
        if (parsed.GetValue(s_data) is not null && parsed.GetValue(s_server) is not null) errors.Add("--data and --server exclude each other.");
        if (File.Exists(data)) errors.Add($"--data '{data}' is a file, not a folder.");
        return data;
    }

    private static Uri? ReadServer(ParseResult parsed, List<string> errors)
    {
        if (parsed.GetValue(s_server) is not { } text) return null;
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var server) && server.Scheme is "http" or "https") return server;
        errors.Add($"--server '{text}' is not an http or https address.");
        return null;
    }

    private static CsvOptions ReadCsv(ParseResult parsed, string file, List<string> errors)
    {
        var constants = new Dictionary<InteractionField, string>();
        for (var i = 0; i < s_constants.Length; i++)
            if (parsed.GetValue(s_constants[i]) is { } text) constants[CsvOptions.ConstantFields[i]] = text;
        var isTabs = file.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase);
        var broken = new List<OptionError>();
        var options = CsvOptions.Read(new CsvRequest
        {
            Delimiter = parsed.GetValue(s_delimiter) ?? (isTabs ? "tab" : null),
            Columns = parsed.GetValue(s_columns),
            Map = parsed.GetValue(s_map) ?? [],
            Ignore = parsed.GetValue(s_ignore) ?? [],
            Epoch = parsed.GetValue(s_epoch),
            TimeUnit = parsed.GetValue(s_timeUnit),
            Constants = constants,
        }, broken);
        errors.AddRange(broken.Select(b => $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(b.Option)} {b.Reason}."));
        return options;
    }
}

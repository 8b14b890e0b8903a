using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>The parameters of an import that is sent to a server: those of the verb, under the same names.</summary>
internal static class ImportQuery
{
    private static readonly QueryParameter s_name = new(
        "name", "What the file, folder or archive is called. By it and by its beginning the import gets its id, so that sending the same "
        + "file again adds to the same import.")
    { Example = "Inbox.mbox" };
    private static readonly QueryParameter s_format = new(
        "format", "The format. Without it: recognised by the content.")
    { Words = ImportPlan.FormatNames };
    private static readonly QueryParameter s_dryRun = new(
        "dryRun", "'true': say what would come in, what is left out and why, and what was guessed; write nothing.")
    {
        Words = [
        "false", "true"]
    };
    private static readonly QueryParameter s_batch = new(
        "batch", "The import's id. Without it: from the name and the beginning of the file.")
    { Example = "mail-2026-11" };
    private static readonly QueryParameter s_me = new(
        "me", "Whose data it is: an id of the owner, or several. Without it: guessed, and said.")
    {
        IsRepeatable = true,
        MaxTimes = 20,
        Example = "ada@example.org"
    };
    private static readonly QueryParameter s_readText = new(
        "readText", "'true': read texts for what was asked, given or thanked for. Texts are never stored.")
    { Words = ["false", "true"] };
    private static readonly QueryParameter s_tentative = new(
        "tentative", "'true': who answered an invitation tentatively took part.")
    { Words = ["false", "true"] };
    private static readonly QueryParameter s_lists = new(
        "lists", "'true': first posts to mailing lists are attendances at the list.")
    { Words = ["false", "true"] };
    private static readonly QueryParameter s_undirectedBoth = new(
        "undirectedBoth", "'true': an undirected edge of a graph is one interaction each way.")
    { Words = ["false", "true"] };
    private static readonly QueryParameter s_chat = new(
        "chat", "What the chat is called, for exports that do not say it. Without it: by the name of the file.")
    { Example = "Book club" };
    private static readonly QueryParameter s_timeZone = new("timeZone", "The zone of times that name none.") { Example = "Europe/Berlin" };
    private static readonly QueryParameter s_timeFormat = new(
        "timeFormat", "How the times of a table are written. Without it: the usual forms.")
    { Example = "dd.MM.yyyy HH:mm" };
    private static readonly QueryParameter s_dateOrder = new(
        "dateOrder", "What comes first in dates such as 03/04/26. Without it: what all dates of the file show.")
    {
        Words = [
        "dmy", "mdy", "ymd"]
    };
    private static readonly QueryParameter s_timeUnit = new("timeUnit", "What times that are numbers count.") { Words = ["ms", "s"] };
    private static readonly QueryParameter s_delimiter = new(
        "delimiter", "Tables: what separates the columns; one character, or comma, semicolon, tab, pipe, space. Without it: recognised.")
    { Example = "semicolon" };
    private static readonly QueryParameter s_columns = new(
        "columns", "Tables without a header: the fields of the columns, separated by commas; - for a column to leave out.")
    {
        Example =
        "from,to,at"
    };
    private static readonly QueryParameter s_map = new(
        "map", "Tables: field=column, where a column is not called as its field is.")
    {
        Example = "at=Date",
        IsRepeatable = true,
        MaxTimes = 60
    };
    private static readonly QueryParameter s_ignore = new(
        "ignore", "Tables: a column to leave out.")
    { Example = "Notes", IsRepeatable = true, MaxTimes = 200 };
    private static readonly QueryParameter s_epoch = new(
        "epoch", "Tables: what a time of 0 means, where times are numbers; RFC 3339.")
    { Example = "2003-10-01T00:00:00Z" };
    private static readonly QueryParameter s_mapping = new(
        "mapping", "Tables: a mapping as JSON: which columns hold which fields, what words mean, which rows are turned round or dropped.");

    private static readonly QueryParameter s_wait = new("wait",
        "Seconds to wait for the import to end. Where it takes longer the answer is 202, and how far it is stands at its own address.")
    { Range = (0, 60, 10) };

    private static readonly QueryParameter[] s_constants =
        [.. CsvOptions.ConstantFields.Select(
            f => new QueryParameter(f.Name(), $"Tables and graphs: the '{f.Name()}' of every row, where there is no such column."))];

    public static QueryParameter[] Parameters { get; } =
    [
        s_name, s_format, s_dryRun, s_batch, s_me, s_readText, s_tentative, s_lists, s_undirectedBoth, s_chat, s_timeZone, s_timeFormat,
            s_dateOrder, s_timeUnit,
        s_delimiter, s_columns, s_map, s_ignore, s_epoch, s_mapping, s_wait, .. s_constants,
    ];

    /// <summary>What is asked for; of no use where the query has a problem.</summary>
    public static (ImportRequest Request, TimeSpan Wait) Read(QueryReader query)
    {
        var constants = new Dictionary<InteractionField, string>();
        for (var i = 0; i < s_constants.Length; i++)
            if (query.Text(s_constants[i]) is { } text) constants[CsvOptions.ConstantFields[i]] = text;
        var settings = new ImportSettings
        {
            Csv = new CsvRequest
            {
                Delimiter = query.Text(s_delimiter),
                Columns = query.Text(s_columns),
                Map = query.Texts(s_map),
                Ignore = query.Texts(s_ignore),
                Epoch = query.Text(s_epoch),
                TimeUnit = query.WordIfGiven(s_timeUnit),
                TimeZone = query.Text(s_timeZone),
                TimeFormat = query.Text(s_timeFormat),
                DateOrder = query.WordIfGiven(s_dateOrder),
                Constants = constants,
            },
            Me = query.Texts(s_me),
            Tentative = Is(query, s_tentative),
            Lists = Is(query, s_lists),
            ReadText = Is(query, s_readText),
            UndirectedBoth = Is(query, s_undirectedBoth),
            Chat = query.Text(s_chat),
            Mapping = query.Text(s_mapping),
        };
        var errors = new List<OptionError>();
        var options = settings.Read(errors);
        foreach (var error in errors) query.Fail(error.Option, error.Reason);
        var format = query.WordIfGiven(s_format) ?? ImportPlan.Auto;
        foreach (var (parameter, most) in (
            ReadOnlySpan<(QueryParameter, int)>)[(s_batch, InteractionRules.MaxBatchChars), (s_name, MaxNameChars)])
            if (query.Text(parameter) is { } text && InteractionRules.BrokenText(text, parameter.Name, most) is { } broken)
                query.Fail(parameter.Name, broken.Reason);
        var request = new ImportRequest
        {
            FileName = query.Text(s_name) is { } name ? Path.GetFileName(name.Replace('\\', '/')) : null,
            // A mapping is for a table.
            Format = settings.Mapping is not null && format == ImportPlan.Auto ? "csv" : format,
            IsDryRun = Is(query, s_dryRun),
            Batch = query.Text(s_batch),
            Options = options with { Key = query.Viewer.KeyId },
        };
        return (request, TimeSpan.FromSeconds(query.Number(s_wait)));
    }

    /// <summary>The same as a query, for the verb to send.</summary>
    public static string Write(ImportRequest request, ImportSettings settings)
    {
        var query = new List<string>();
        Add(s_name, request.FileName);
        Add(s_format, request.Format == ImportPlan.Auto ? null : request.Format);
        Add(s_batch, request.Batch);
        Flag(s_dryRun, request.IsDryRun);
        Flag(s_readText, settings.ReadText);
        Flag(s_tentative, settings.Tentative);
        Flag(s_lists, settings.Lists);
        Flag(s_undirectedBoth, settings.UndirectedBoth);
        foreach (var id in settings.Me) Add(s_me, id);
        Add(s_chat, settings.Chat);
        Add(s_mapping, settings.Mapping);
        var csv = settings.Csv;
        Add(s_delimiter, csv.Delimiter);
        Add(s_columns, csv.Columns);
        foreach (var map in csv.Map) Add(s_map, map);
        foreach (var ignore in csv.Ignore) Add(s_ignore, ignore);
        Add(s_epoch, csv.Epoch);
        Add(s_timeUnit, csv.TimeUnit);
        Add(s_timeZone, csv.TimeZone);
        Add(s_timeFormat, csv.TimeFormat);
        Add(s_dateOrder, csv.DateOrder);
        foreach (var (field, text) in csv.Constants) query.Add($"{field.Name()}={Uri.EscapeDataString(text)}");
        return string.Join('&', query.Append($"{s_wait.Name}=0"));

        void Add(QueryParameter parameter, string? text)
        {
            if (text is not null) query.Add($"{parameter.Name}={Uri.EscapeDataString(text)}");
        }

        void Flag(QueryParameter parameter, bool isSet) => Add(parameter, isSet ? "true" : null);
    }

    private const int MaxNameChars = 200;

    private static bool Is(QueryReader query, QueryParameter parameter) => query.Word(parameter) == "true";
}

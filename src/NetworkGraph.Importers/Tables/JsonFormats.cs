using System.Text;
using System.Text.RegularExpressions;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Tables;

/// <summary>Interactions or people as the API and the exports write them: one JSON object a line, or a JSON array of interactions.</summary>
public sealed partial class NdjsonFormat : IImportFormat
{
    public string Name => "ndjson";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) => [.. files.Where(file => IsInteractions(file) || IsPeople(file))];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(context);
        var draft = new InteractionDraft(new DerivedIds())
        {
            DropsRepeats = true,
            TimeUnit = context.Options.TimeUnit,
            DefaultBatch = context.Options.Batch,
            Key = context.Options.Key,
        };
        return new RowsInTurn([.. files.Select(file => (file.Path, (Func<IRowSource>)(() => OpenOne(file, draft))))], context.Report);
    }

    private static IRowSource OpenOne(ImportFile file, InteractionDraft draft)
    {
        var stream = TextEncodings.ToUtf8(file.Open(), TextEncodings.Recognise(file.Head));
        if (IsPeople(file)) return NdjsonRows.OfProfiles(stream, RowLimits.Default);
        return FirstCharacter(file) == '[' ? new JsonDocumentRows(stream, draft, RowLimits.Default) : NdjsonRows.OfInteractions(stream, draft, RowLimits.Default);
    }

    private static bool IsInteractions(ImportFile file)
    {
        var first = FirstObject(file);
        return first.Length > 0 && first.Contains("\"from\"", StringComparison.Ordinal) && first.Contains("\"kind\"", StringComparison.Ordinal) && first.Contains("\"at\"", StringComparison.Ordinal);
    }

    private static bool IsPeople(ImportFile file)
    {
        var first = FirstObject(file);
        return FirstCharacter(file) == '{' && first.Contains("\"id\"", StringComparison.Ordinal) && !first.Contains("\"from\"", StringComparison.Ordinal) && ProfileField().IsMatch(first);
    }

    private static char FirstCharacter(ImportFile file) => file.HeadText.AsSpan().TrimStart() is [var first, ..] ? first : '\0';

    /// <summary>The first line, or of an array the text up to the end of its first element; enough of it to know its fields.</summary>
    private static string FirstObject(ImportFile file)
    {
        var text = file.HeadText.AsSpan().TrimStart();
        if (text is ['[', ..]) text = text[1..].TrimStart();
        if (text is not ['{', ..]) return "";
        var end = text.IndexOf('}');
        return text[..(end < 0 ? Math.Min(text.Length, 4096) : end)].ToString();
    }

    [GeneratedRegex("\"(?:name|organisation|role|industry|offers|audience|tags|openToIntroductions)\"\\s*:")]
    private static partial Regex ProfileField();
}

using System.Text;
using System.Text.RegularExpressions;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Tables;

/// <summary>
/// Interactions or people as the API and the exports write them: one JSON object a line, or a JSON array of interactions.
/// </summary>
public sealed partial class NdjsonFormat : IImportFormat
{
    private const int LinesLookedAt = 10;

    public string Name => "ndjson";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) =>
        [.. files.Where(file => IsInteractions(file) || IsPeople(file))];

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
        return FirstCharacter(file) == '[' || file.HeadText.AsSpan().TrimStart() is ['{', '\r' or '\n', ..]
            ? new JsonDocumentRows(stream, draft, RowLimits.Default) : NdjsonRows.OfInteractions(stream, draft, RowLimits.Default);
    }

    private static bool IsInteractions(ImportFile file) => FirstObjects(file).Exists(text =>
        text.Contains("\"from\"", StringComparison.Ordinal) && text.Contains("\"kind\"", StringComparison.Ordinal)
            && text.Contains("\"at\"", StringComparison.Ordinal));

    private static bool IsPeople(ImportFile file) => FirstCharacter(file) != '[' && FirstObjects(file) is { Count: > 0 } first
        && !first.Exists(text => text.Contains("\"from\"", StringComparison.Ordinal))
        && first.Exists(text => text.Contains("\"id\"", StringComparison.Ordinal) && ProfileField().IsMatch(text));

    private static char FirstCharacter(ImportFile file) => file.HeadText.AsSpan().TrimStart() is [var first, ..] ? first : '\0';

    /// <summary>
    /// The first lines that look like objects, since one may be broken; of an array or of one long object, its beginning.
    /// </summary>
    private static List<string> FirstObjects(ImportFile file)
    {
        var text = file.HeadText.AsSpan().TrimStart();
        if (text is ['[', ..]) return [text[..Math.Min(text.Length, 4096)].ToString()];
        var objects = new List<string>();
        foreach (var line in text.EnumerateLines())
        {
            if (objects.Count == LinesLookedAt) break;
            if (line.TrimStart() is ['{', ..]) objects.Add(line[..Math.Min(line.Length, 4096)].ToString());
        }
        // One object over many lines.
        if (text is ['{', ..] && objects is [{ Length: < 3 }, ..]) objects.Add(text[..Math.Min(text.Length, 4096)].ToString());
        return objects;
    }

    [GeneratedRegex("\"(?:name|organisation|role|industry|offers|audience|tags|openToIntroductions)\"\\s*:")]
    private static partial Regex ProfileField();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.GitHub;

/// <summary>
/// What GitHub sends to webhooks or answers to queries: comments, reviews, requests for review, answers in discussions,
/// assignments. One payload a file, an array of them, or one a line. People are known by the addresses of their pages.
/// </summary>
public sealed partial class GitHubFormat : IImportFormat
{
    private const string Channel = "github";

    public string Name => "github";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) => [.. files.Where(IsPayload)];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var items = new ItemBuilder(context, "gh");
        return new ItemRows(files.SelectMany(file => ImportContext.Guard(file.Path, Read(file, items, context))));
    }

    private static bool IsPayload(ImportFile file)
    {
        var head = file.HeadText;
        return head.AsSpan().TrimStart() is ['{' or '[', ..] && head.Contains("\"node_id\"", StringComparison.Ordinal)
            && (head.Contains("api.github.com", StringComparison.Ordinal) || head.Contains("github.com/", StringComparison.Ordinal));
    }

    private static IEnumerable<ImportItem> Read(ImportFile file, ItemBuilder items, ImportContext context)
    {
        var number = 0L;
        foreach (var read in Payloads(file))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            number++;
            if (read is not { } payload)
            {
                yield return ImportItem.Reject(file.Path, number, null, InteractionFields.Line, "is not JSON");
                continue;
            }
            using (payload)
            {
                var found = false;
                foreach (var item in ReadPayload(payload.RootElement, items, file.Path, number, context))
                {
                    found = true;
                    yield return item;
                }
                if (!found) context.Report.LeaveOut("event between no two people", file.Path, number);
            }
        }
    }

    private static IEnumerable<ImportItem> ReadPayload(
        JsonElement payload, ItemBuilder items, string file, long number, ImportContext context)
    {
        foreach (var seed in Seeds(payload, context, file, number))
            if (items.Interaction(seed, file, number) is { } item) yield return item;
        foreach (var user in new[] { "sender", "assignee", "requested_reviewer" }
            .Select(name => JsonValues.Object(payload, name)).OfType<JsonElement>())
        {
            if (PersonOf(user) is { } id && JsonValues.Text(user, "name") is { Length: > 0 } name
                && items.Profile(id, file, number, name) is { } profile)
                yield return profile;
        }
    }

    private static IEnumerable<InteractionSeed> Seeds(JsonElement payload, ImportContext context, string file, long number)
    {
        var venue = JsonValues.Object(payload, "repository") is { } repository
            ? JsonValues.Text(repository, "full_name")
            : RepositoryOf(JsonValues.Text(payload, "repository_url"));
        var thread = JsonValues.Object(payload, "issue")
            ?? JsonValues.Object(payload, "pull_request")
            ?? JsonValues.Object(payload, "discussion");
        var action = JsonValues.Text(payload, "action");
        var said = JsonValues.Object(payload, "comment") ?? JsonValues.Object(payload, "review") ?? JsonValues.Object(payload, "answer");
        if (said is { } comment)
        {
            var isReview = JsonValues.Object(payload, "review") is not null;
            var isAnswer = JsonValues.Object(payload, "answer") is not null;
            if (action is "deleted" or "edited" or "dismissed"
                || JsonValues.Text(comment, "created_at", "submitted_at") is not { Length: > 0 } at)
                yield break;
            foreach (var seed in Said(comment, thread, venue, at, isReview || isAnswer, context, file, number)) yield return seed;
            yield break;
        }
        if (action is "assigned" or "review_requested"
            && PersonOf(JsonValues.Object(payload, "sender")) is { } sender && thread is { } assigned
            && PersonOf(JsonValues.Object(payload, "assignee") ?? JsonValues.Object(payload, "requested_reviewer")) is { } target
            && TimeOf(JsonValues.Text(assigned, "updated_at")) is { } updated)
        {
            yield return new InteractionSeed
            {
                Id = ImportIds.Native("gh", $"{JsonValues.Text(assigned, "node_id")}:{action}:{target}"),
                AtMs = updated,
                From = sender,
                To = [target],
                Kind = InteractionKind.Message,
                Exchange = action == "review_requested" ? Exchange.Ask : Exchange.None,
                Channel = Channel,
                Venue = venue,
            };
            yield break;
        }
        // A comment or an issue as the API answers it, without an event around it.
        if (payload.TryGetProperty("body", out _) && JsonValues.Text(payload, "created_at") is { Length: > 0 } created
            && JsonValues.Object(payload, "user") is not null && thread is null)
            foreach (var seed in Said(payload, null, venue, created, false, context, file, number)) yield return seed;
    }

    /// <summary>A comment is towards the author of what it stands under and whom it mentions.</summary>
    private static IEnumerable<InteractionSeed> Said(
        JsonElement comment, JsonElement? thread, string venue, string at, bool isGiven, ImportContext context, string file, long number)
    {
        if (JsonValues.Object(comment, "user") is not { } user) yield break;
        if (PersonOf(user) is not { } from)
        {
            context.Report.LeaveOut(LeftOutReasons.Robot, file, number);
            yield break;
        }
        if (TimeOf(at) is not { } atMs) yield break;
        var author = thread is { } under ? PersonOf(JsonValues.Object(under, "user")) : null;
        var mentioned = Mention().Matches(JsonValues.Text(comment, "body")).Take(20).Select(match => Page(match.Groups[1].Value));
        var to = (author is null ? mentioned : mentioned.Prepend(author))
            .Where(person => person != from).Distinct(StringComparer.Ordinal).ToList();
        if (to.Count == 0) yield break;
        yield return new InteractionSeed
        {
            Id = ImportIds.Native("gh", JsonValues.Text(comment, "node_id")),
            AtMs = atMs,
            From = from,
            To = to,
            Kind = isGiven ? InteractionKind.Reply : InteractionKind.Comment,
            Exchange = isGiven ? Exchange.Give : Exchange.None,
            InReplyTo = isGiven && thread is { } answered && JsonValues.Text(answered, "node_id") is { Length: > 0 } id
                ? ImportIds.Native("gh", id)
                : null,
            Channel = Channel,
            Venue = venue.Length == 0 ? null : venue,
        };
    }

    /// <summary>The events of a file; null for a line that is none.</summary>
    private static IEnumerable<JsonDocument?> Payloads(ImportFile file)
    {
        if (file.HeadText.AsSpan().TrimStart() is ['[', ..])
        {
            using var elements = new JsonElements(file.Open(), "");
            while (elements.Next() is { } element) yield return element;
            yield break;
        }
        using var reader = TextEncodings.Reader(file);
        var first = file.HeadText.AsSpan().TrimStart();
        // One payload a line, or one over many lines.
        if (first.IndexOf('\n') is var end && end > 0 && first[..end].TrimEnd() is [.., '}'] && first[..end].Length > 2)
        {
            while (reader.ReadLine() is { } line)
                if (!string.IsNullOrWhiteSpace(line)) yield return Parsed(line);
            yield break;
        }
        using var stream = file.Open();
        yield return JsonDocument.Parse(stream);
    }

    private static JsonDocument? Parsed(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The address of a person's page; null for a robot, or nobody.</summary>
    private static string? PersonOf(JsonElement? user)
    {
        if (user is not { ValueKind: JsonValueKind.Object } known) return null;
        var login = JsonValues.Text(known, "login");
        return login.Length == 0 || login.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase)
            || JsonValues.Text(known, "type") == "Bot" || login == "ghost"
                ? null
                : Page(login);
    }

    private static string Page(string login) => $"https://github.com/{login.ToLowerInvariant()}";

    private static long? TimeOf(string text) => Rfc3339.TryParse(text, out var unixMs) ? unixMs : null;

    private static string RepositoryOf(string url) => url.Split("/repos/") is [_, var name] ? name : "";

    [GeneratedRegex(@"(?<![\w/`])@([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))(?![\w/.])", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();
}

using NetworkGraph.Analytics;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;

namespace NetworkGraph.Server.Api.LiveSources;

/// <summary>The places that this server reads by itself, and how that goes.</summary>
internal static class SourceOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("listSources", "/v1/sources", List).In("Imports").For(Scopes.Admin)
            .Described("List live sources",
                "Mailboxes, calendars, address books and folders that this server reads by itself, as its configuration names them: what "
                + "they are doing, and what last went wrong."),
    ];

    private static Reply<ListAnswer<SourceAnswer>> List(PageRequest request, LiveSourceList list, NetworkQueries queries)
    {
        var page = request.Page;
        var found = list.Sources
            .Where(source => page.Cursor is not { } cursor || string.CompareOrdinal(source.Name, cursor.After) > 0)
            .Take(page.Limit + 1).ToList();
        var asOfMs = queries.CurrentAsOfMs;
        var shown = found.Take(page.Limit).ToList();
        var next = found.Count > page.Limit ? page.Next(asOfMs, shown[^1].Name) : null;
        return new ListAnswer<SourceAnswer>(
            [.. shown.Select(SourceAnswer.Of)], next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs));
    }
}

/// <summary>A place that this server reads by itself.</summary>
public sealed record SourceAnswer
{
    /// <summary>As the configuration names it.</summary>
    public required string Name { get; init; }

    /// <summary>imap, caldav, carddav or folder.</summary>
    public required string Type { get; init; }

    /// <summary>starting, reading, waiting or failing.</summary>
    public required string State { get; init; }

    /// <summary>The import that all of it comes in by.</summary>
    public required string Batch { get; init; }

    /// <summary>When all of it was last read; null where that was not since the start.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>What last went wrong; null where nothing did since the start.</summary>
    public string? LastError { get; init; }

    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>When it is tried again; null where it does not fail.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>Interactions and profiles that were new, since the start.</summary>
    public required long Accepted { get; init; }

    /// <summary>Those that were there already, since the start.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Those that broke a rule, since the start.</summary>
    public required long RejectedCount { get; init; }

    internal static SourceAnswer Of(LiveSource source)
    {
        var status = source.Current;
        return new SourceAnswer
        {
            Name = source.Name,
            Type = source.Settings.Type,
            State = status.State.ToString().ToLowerInvariant(),
            Batch = source.Batch,
            LastSuccessAt = TimeOf(status.SucceededAtMs),
            LastError = status.Error,
            LastErrorAt = TimeOf(status.ErrorAtMs),
            NextTryAt = TimeOf(status.NextTryAtMs),
            Accepted = status.Accepted,
            Duplicates = status.Duplicates,
            RejectedCount = status.Rejected,
        };
    }

    private static DateTimeOffset? TimeOf(long? unixMs) => unixMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}

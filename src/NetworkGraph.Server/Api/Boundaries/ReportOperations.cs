using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Boundaries;

/// <summary>A report to be made.</summary>
public sealed record ReportRequest(string Reporter, string About, string Reason, IReadOnlyList<string>? Evidence);

/// <summary>Where a report is to be moved.</summary>
public sealed record ReportMoveRequest(string State);

/// <summary>A report as the one who made it sees it: not what became of it.</summary>
public record FiledReportAnswer
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Reporter { get; init; }

    public required string About { get; init; }

    public required string Reason { get; init; }

    /// <summary>Ids of interactions, as the reporter gave them.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    internal static FiledReportAnswer Of(Report report) => new()
    {
        Id = report.Id,
        At = DateTimeOffset.FromUnixTimeMilliseconds(report.AtMs),
        Reporter = report.Reporter,
        About = report.About,
        Reason = BoundaryNames.Of(report.Reason),
        Evidence = report.Evidence,
    };
}

/// <summary>A report as the safety role sees it.</summary>
public sealed record ReportAnswer : FiledReportAnswer
{
    [SetsRequiredMembers]
    internal ReportAnswer(Report report) : base(Of(report))
    {
        State = BoundaryNames.Of(report.State);
        StateSince = DateTimeOffset.FromUnixTimeMilliseconds(report.StateAtMs);
    }

    public string State { get; }

    public DateTimeOffset StateSince { get; }
}

/// <summary>Reports: made by people, read and moved by the safety role alone.</summary>
internal static class ReportOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Post("fileReport", "/v1/reports", FileAsync).In("Boundaries").For(Scopes.Safety | Scopes.Admin, Own.Reports).Uncounted()
            .Accepting<ReportRequest>()
            .Described("Report somebody",
                "Confidential: only the safety role reads it, and the one it is about is never told. A reason is a choice and no text. "
                + "With a person's key, only that person's own. Answered when it is durable."),
        Operation.Get("listReports", "/v1/reports", List).In("Boundaries").For(Scopes.Safety).Uncounted()
            .Described("List reports", "All reports, newest first."),
        Operation.Get("getReport", "/v1/reports/{report}", Get).In("Boundaries").For(Scopes.Safety).Uncounted().MayNotFind()
            .Described("Get a report", "One report, with its state."),
        Operation.Patch("moveReport", "/v1/reports/{report}", MoveAsync).In("Boundaries").For(Scopes.Safety).Uncounted().MayNotFind()
            .Accepting<ReportMoveRequest>()
            .Described("Move a report to another state", "To reviewing, upheld or dismissed. Answered when it is durable."),
    ];

    private static async Task<Reply<FiledReportAnswer>> FileAsync(
        QueryReader query, JsonBody body, Recorder recorder, CancellationToken cancellation)
    {
        var (draft, rejection) = BoundaryJson.ParseReport(body.Utf8.Span);
        if (rejection is { } wrong) return Problem.Invalid(wrong.Field, wrong.Reason);
        draft = draft with { Reporter = query.PersonOf(draft.Reporter), About = query.PersonOf(draft.About) };
        if (draft.Reporter == draft.About) return Problem.Invalid("about", "names the reporter; a report is about another person");
        if (!query.Viewer.MayReportAs(draft.Reporter))
            return Problem.From(
                Outcome.PermissionDenied,
                "This needs a key with the reporter's own scope (person:<id>), or one of the scopes safety, admin.", "reporter");
        var report = new ReportFiled
        {
            Id = "r-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)),
            AtMs = recorder.NowMs,
            Reporter = draft.Reporter,
            About = draft.About,
            Reason = draft.Reason,
            Evidence = draft.Evidence,
        };
        if (await recorder.RecordAsync(cancellation, report) is { } failed) return failed;
        return new FiledReportAnswer
        {
            Id = report.Id,
            At = DateTimeOffset.FromUnixTimeMilliseconds(report.AtMs),
            Reporter = report.Reporter,
            About = report.About,
            Reason = BoundaryNames.Of(report.Reason),
            Evidence = report.Evidence,
        };
    }

    private static Reply<ListAnswer<ReportAnswer>> List(ReportsRequest request, BoundaryStore boundaries, NetworkQueries queries)
    {
        var page = request.Page;
        ReportState? state = BoundaryNames.TryParse(request.State ?? "", out ReportState known) ? known : null;
        var before = page.Cursor is { } cursor
            && long.TryParse(cursor.After, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : long.MaxValue;
        var found = boundaries.Reports
            .Where(report => report.Position < before && (request.About is null || boundaries.IsAbout(report, request.About))
            && (state is null || report.State == state))
            .OrderByDescending(report => report.Position).Take(page.Limit + 1).ToList();
        var shown = found.Take(page.Limit).ToList();
        var asOfMs = queries.CurrentAsOfMs;
        var next = found.Count > page.Limit ? page.Next(asOfMs, shown[^1].Position.ToString(CultureInfo.InvariantCulture)) : null;
        return new ListAnswer<ReportAnswer>(
            [.. shown.Select(report => new ReportAnswer(report))], next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs));
    }

    private static Reply<ReportAnswer> Get(SingleReportRequest request, BoundaryStore boundaries) =>
        boundaries.ReportOf(request.Report) is { } report ? new ReportAnswer(report) : NoReport(request.Report);

    private static async Task<Reply<ReportAnswer>> MoveAsync(
        SingleReportRequest request, JsonBody body, Recorder recorder, BoundaryStore boundaries, CancellationToken cancellation)
    {
        var (state, rejection) = BoundaryJson.ParseMove(body.Utf8.Span);
        if (rejection is { } wrong) return Problem.Invalid(wrong.Field, wrong.Reason);
        if (boundaries.ReportOf(request.Report) is null) return NoReport(request.Report);
        var moved = new ReportMoved { Id = request.Report, AtMs = recorder.NowMs, State = state };
        if (await recorder.RecordAsync(cancellation, moved) is { } failed) return failed;
        return Get(request, boundaries);
    }

    private static Problem NoReport(string id) => Problem.NotFound("report", $"There is no report '{id}'.");
}

internal sealed record ReportsRequest(
    [Query(nameof(QueryParameters.ReportState))] string? State, [Query(nameof(QueryParameters.ReportAbout))] string? About,
    Page Page) : IOperationRequest;

internal sealed record SingleReportRequest([Name] string Report) : IOperationRequest;

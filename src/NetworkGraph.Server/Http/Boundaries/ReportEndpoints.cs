using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Boundaries;

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
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/v1/reports").WithTags("Boundaries").DisableHttpMetrics();
        reports.MapPost("", FileAsync).Takes().Accepts<ReportRequest>("application/json")
            .Describe("fileReport", "Report somebody",
                "Confidential: only the safety role reads it, and the one it is about is never told. A reason is a choice and no text. With a person's key, only that person's own. Answered when it is durable.")
            .Produces<FiledReportAnswer>();
        reports.MapGet("", List).Takes(QueryParameters.ReportState, QueryParameters.ReportAbout, QueryParameters.Limit, QueryParameters.Cursor)
            .Describe("listReports", "List reports", "All reports, newest first.").Produces<ListAnswer<ReportAnswer>>();
        reports.MapGet("/{report}", Get).Takes()
            .Describe("getReport", "Get a report", "One report, with its state.").Produces<ReportAnswer>().MayNotFind();
        reports.MapPatch("/{report}", MoveAsync).Takes().Accepts<ReportMoveRequest>("application/json")
            .Describe("moveReport", "Move a report to another state", "To reviewing, upheld or dismissed. Answered when it is durable.")
            .Produces<ReportAnswer>().MayNotFind();
    }

    private static async Task<Reply> FileAsync(
        QueryReader query, JsonBody body, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        var (draft, rejection) = BoundaryJson.ParseReport(body.Utf8.Span);
        if (rejection is { } wrong) return Answer.Problem(Outcome.InvalidArgument, $"{wrong.Field} {wrong.Reason}", wrong.Field);
        draft = draft with { Reporter = query.PersonOf(draft.Reporter), About = query.PersonOf(draft.About) };
        if (draft.Reporter == draft.About) return Answer.Problem(Outcome.InvalidArgument, "about names the reporter; nobody reports themselves", "about");
        if (!query.Viewer.MayReportAs(draft.Reporter)) return Answer.Problem(Outcome.PermissionDenied, "This needs a key with the reporter's own scope (person:<id>), or one of the scopes safety, admin.", "reporter");
        var report = new ReportFiled
        {
            Id = "r-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)),
            AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Reporter = draft.Reporter,
            About = draft.About,
            Reason = draft.Reason,
            Evidence = draft.Evidence,
        };
        var receipt = await log.AppendAsync([report], cancellation);
        if (Answer.NotRecorded(receipt) is { } notRecorded) return notRecorded;
        await fold.UntilFoldedAsync(receipt.Results[0].Position, cancellation);
        return Answer.Of(new FiledReportAnswer
        {
            Id = report.Id,
            At = DateTimeOffset.FromUnixTimeMilliseconds(report.AtMs),
            Reporter = report.Reporter,
            About = report.About,
            Reason = BoundaryNames.Of(report.Reason),
            Evidence = report.Evidence,
        }, AnswersJson.Plain.FiledReportAnswer);
    }

    private static Reply List(QueryReader query, BoundaryStore boundaries, NetworkQueries queries)
    {
        var page = query.Page();
        var about = query.Person(QueryParameters.ReportAbout);
        ReportState? state = null;
        if (query.Text(QueryParameters.ReportState) is { } word)
        {
            if (BoundaryNames.TryParse(word, out ReportState known)) state = known;
            else query.Fail(QueryParameters.ReportState.Name, $"is none of {string.Join(", ", BoundaryNames.States)}");
        }
        if (query.Problem is { } problem) return problem;
        var before = page.Cursor is { } cursor && long.TryParse(cursor.After, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : long.MaxValue;
        var found = boundaries.Reports
            .Where(report => report.Position < before && (about is null || boundaries.IsAbout(report, about)) && (state is null || report.State == state))
            .OrderByDescending(report => report.Position).Take(page.Limit + 1).ToList();
        var shown = found.Take(page.Limit).ToList();
        var asOfMs = queries.CurrentAsOfMs;
        var next = found.Count > page.Limit ? page.Next(asOfMs, shown[^1].Position.ToString(CultureInfo.InvariantCulture)) : null;
        return Answer.Of(new ListAnswer<ReportAnswer>([.. shown.Select(report => new ReportAnswer(report))], next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs)),
            AnswersJson.Plain.ListAnswerReportAnswer);
    }

    private static Reply Get(QueryReader query, BoundaryStore boundaries)
    {
        var id = query.TextInPath("report");
        if (query.Problem is { } problem) return problem;
        return boundaries.ReportOf(id) is { } report ? Answer.Of(new ReportAnswer(report), AnswersJson.Plain.ReportAnswer) : NoReport(id);
    }

    private static async Task<Reply> MoveAsync(
        QueryReader query, JsonBody body, IInteractionLog log, LogFold fold, BoundaryStore boundaries, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.TextInPath("report");
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        var (state, rejection) = BoundaryJson.ParseMove(body.Utf8.Span);
        if (rejection is { } wrong) return Answer.Problem(Outcome.InvalidArgument, $"{wrong.Field} {wrong.Reason}", wrong.Field);
        if (boundaries.ReportOf(id) is null) return NoReport(id);
        var receipt = await log.AppendAsync([new ReportMoved { Id = id, AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(), State = state }], cancellation);
        if (Answer.NotRecorded(receipt) is { } notRecorded) return notRecorded;
        await fold.UntilFoldedAsync(receipt.Results[0].Position, cancellation);
        return boundaries.ReportOf(id) is { } report ? Answer.Of(new ReportAnswer(report), AnswersJson.Plain.ReportAnswer) : NoReport(id);
    }

    private static Reply NoReport(string id) => Answer.Problem(Outcome.NotFound, $"There is no report '{id}'.", "report");
}

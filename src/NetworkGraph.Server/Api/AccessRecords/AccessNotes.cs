using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.AccessRecords;

/// <summary>Notes whom the answer to a request names, where the caller is one whose questions are noted.</summary>
internal static class AccessNotes
{
    /// <summary>What concerns boundaries is never noted, whoever asks.</summary>
    private static readonly HashSet<string> s_silent = new(StringComparer.Ordinal)
    {
        "getBlocks", "placeBlock", "liftBlock", "fileReport", "listReports", "getReport", "moveReport", "getAccess",
    };

    public static void Note(HttpContext http, Operation operation, Reply reply)
    {
        var viewer = http.Viewer();
        if (reply.Answer is null || AccessLog.RoleOf(viewer) is not { } role || s_silent.Contains(operation.Id)) return;
        http.RequestServices.GetService<AccessLog>()?.Note(viewer, role, operation.Id, reply.Answer);
    }
}

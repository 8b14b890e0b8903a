using NetworkGraph.Server.Api.AccessRecords;
using NetworkGraph.Server.Api.Asks;
using NetworkGraph.Server.Api.Boundaries;
using NetworkGraph.Server.Api.Export;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Http;
using NetworkGraph.Server.Api.Identity;
using NetworkGraph.Server.Api.Imports;
using NetworkGraph.Server.Api.Ingest;
using NetworkGraph.Server.Api.Interactions;
using NetworkGraph.Server.Api.Live;
using NetworkGraph.Server.Api.LiveSources;
using NetworkGraph.Server.Api.Network;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.People;
using NetworkGraph.Server.Api.Webhooks;

namespace NetworkGraph.Server.Api;

/// <summary>All that is served under /v1 and over gRPC. Each feature declares its operations.</summary>
internal static class AllOperations
{
    /// <summary>The table of all operations, checked: what does not go together is named at once.</summary>
    /// <exception cref="InvalidOperationException">An operation is not declared in full, or has no gRPC method, message or JSON
    /// form.</exception>
    public static OperationTable Table()
    {
        var table = new OperationTable(
        [
            .. IngestOperations.All, .. InteractionOperations.All, .. ImportOperations.All, .. PersonOperations.All,
            .. HistoryOperations.All, .. TieOperations.All,
            .. FollowUpOperations.All, .. HabitOperations.All, .. IntroductionOperations.All, .. NetworkOperations.All,
            .. OverviewOperations.All,
            .. ExportOperations.All, .. LiveOperations.All, .. AliasOperations.All, .. SuggestionOperations.All, .. BlockOperations.All,
            .. IdentityChangeOperations.All, .. EntityOperations.All, .. SuppressionOperations.All, .. NetworkExportOperations.All,
            .. SourceOperations.All,
            .. ReportOperations.All,
            .. VenueOperations.All, .. StructureOperations.All, .. GraphOperations.All, .. GroupOperations.All,
            .. TeamIntroductionOperations.All,
            .. MapOperations.All, .. HuddleOperations.All, .. RevivalOperations.All, .. NudgeOperations.All, .. PreferenceOperations.All,
            .. ProfileChangeOperations.All, .. BeginningOperations.All, .. AskOperations.All, .. AccessOperations.All,
            .. SubscriptionOperations.All,
        ]);
        Require(table);
        return table;
    }

    /// <exception cref="InvalidOperationException">Something does not go together; the message names all of it.</exception>
    public static void Require(OperationTable table)
    {
        List<string> errors = [.. table.Errors, .. GrpcMethodBinding.Errors(table), .. AnswersJson.Errors(table)];
        if (errors.Count > 0) throw new InvalidOperationException(string.Join(Environment.NewLine, errors));
    }
}

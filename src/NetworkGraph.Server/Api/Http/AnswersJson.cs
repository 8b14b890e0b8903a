using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Briefs;
using NetworkGraph.Analytics.Graphs;
using NetworkGraph.Analytics.Groups;
using NetworkGraph.Analytics.Huddles;
using NetworkGraph.Analytics.Map;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Analytics.Overview;
using NetworkGraph.Analytics.Revival;
using NetworkGraph.Analytics.Structure;
using NetworkGraph.Analytics.Timeline;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Venues;
using NetworkGraph.Server.Api.AccessRecords;
using NetworkGraph.Server.Api.Asks;
using NetworkGraph.Server.Api.Boundaries;
using NetworkGraph.Server.Api.Export;
using NetworkGraph.Server.Api.Identity;
using NetworkGraph.Server.Api.Imports;
using NetworkGraph.Server.Api.Ingest;
using NetworkGraph.Server.Api.Interactions;
using NetworkGraph.Server.Api.Live;
using NetworkGraph.Server.Api.LiveSources;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.People;
using NetworkGraph.Server.Api.Webhooks;

namespace NetworkGraph.Server.Api.Http;

/// <summary>All answers under /v1. NaN and infinity are faults and are never written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(PersonAnswer))]
[JsonSerializable(typeof(ErasureAnswer))]
[JsonSerializable(typeof(ProfilesAnswer))]
[JsonSerializable(typeof(TieDetail))]
[JsonSerializable(typeof(NoTie))]
[JsonSerializable(typeof(EgoReciprocity))]
[JsonSerializable(typeof(IntroductionsAnswer))]
[JsonSerializable(typeof(NetworkAnswer))]
[JsonSerializable(typeof(NetworkReciprocityAnswer))]
[JsonSerializable(typeof(ReciprocityDistributionAnswer))]
[JsonSerializable(typeof(NetworkChangesAnswer))]
[JsonSerializable(typeof(NetworkWarningsAnswer))]
[JsonSerializable(typeof(FollowUpsAnswer))]
[JsonSerializable(typeof(ReferralsAnswer))]
[JsonSerializable(typeof(VenueAnswer))]
[JsonSerializable(typeof(ListAnswer<VenueSummary>))]
[JsonSerializable(typeof(ListAnswer<PersonVenue>))]
[JsonSerializable(typeof(PersonStructureAnswer))]
[JsonSerializable(typeof(CommunitiesAnswer))]
[JsonSerializable(typeof(EgoAnswer))]
[JsonSerializable(typeof(ChainsAnswer))]
[JsonSerializable(typeof(GroupsAnswer))]
[JsonSerializable(typeof(TeamIntroductionsAnswer))]
[JsonSerializable(typeof(CoresAnswer))]
[JsonSerializable(typeof(BackboneAnswer))]
[JsonSerializable(typeof(PairingsAnswer))]
[JsonSerializable(typeof(MapAnswer))]
[JsonSerializable(typeof(TimelineAnswer))]
[JsonSerializable(typeof(HuddlesAnswer))]
[JsonSerializable(typeof(RevivalAnswer))]
[JsonSerializable(typeof(NudgesAnswer))]
[JsonSerializable(typeof(Brief))]
[JsonSerializable(typeof(ListAnswer<BrokerAnswer>))]
[JsonSerializable(typeof(LiveCounters))]
[JsonSerializable(typeof(LiveStatus))]
[JsonSerializable(typeof(LiveWarning))]
[JsonSerializable(typeof(LiveArchetype))]
[JsonSerializable(typeof(LiveResync))]
[JsonSerializable(typeof(LiveIdentity))]
[JsonSerializable(typeof(IdentityChangesAnswer))]
[JsonSerializable(typeof(ListAnswer<EntitySuggestion>))]
[JsonSerializable(typeof(PersonExportAnswer))]
[JsonSerializable(typeof(FiledReportAnswer))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(AliasesAnswer))]
[JsonSerializable(typeof(IdentitySuggestion))]
[JsonSerializable(typeof(SuppressionsAnswer))]
[JsonSerializable(typeof(LiftAnswer))]
[JsonSerializable(typeof(ListAnswer<IdentitySuggestion>))]
[JsonSerializable(typeof(BlockAnswer))]
[JsonSerializable(typeof(ListAnswer<BlockAnswer>))]
[JsonSerializable(typeof(ListAnswer<ReportAnswer>))]
[JsonSerializable(typeof(ListAnswer<Profile>))]
[JsonSerializable(typeof(TiesAnswer))]
[JsonSerializable(typeof(ArchetypesAnswer))]
[JsonSerializable(typeof(ListAnswer<WarningAnswer>))]
[JsonSerializable(typeof(ListAnswer<DormantTie>))]
[JsonSerializable(typeof(ListAnswer<InteractionAnswer>))]
[JsonSerializable(typeof(InteractionDetail))]
[JsonSerializable(typeof(RetractionAnswer))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(ListAnswer<ImportAnswer>))]
[JsonSerializable(typeof(SourceAnswer))]
[JsonSerializable(typeof(ListAnswer<SourceAnswer>))]
[JsonSerializable(typeof(UndoAnswer))]
[JsonSerializable(typeof(PreferenceAnswer))]
[JsonSerializable(typeof(CadencesAnswer))]
[JsonSerializable(typeof(Nudge))]
[JsonSerializable(typeof(BeginningRequest))]
[JsonSerializable(typeof(BeginningAnswer))]
[JsonSerializable(typeof(AskRequest))]
[JsonSerializable(typeof(AskChangeRequest))]
[JsonSerializable(typeof(AskAnswer))]
[JsonSerializable(typeof(ListAnswer<AskAnswer>))]
[JsonSerializable(typeof(ListAnswer<AccessAnswer>))]
[JsonSerializable(typeof(SubscriptionRequest))]
[JsonSerializable(typeof(SubscriptionAnswer))]
[JsonSerializable(typeof(ListAnswer<SubscriptionAnswer>))]
internal sealed partial class AnswersJson : JsonSerializerContext
{
    /// <summary>The answers of operations that have no JSON form here, in words.</summary>
    public static IEnumerable<string> Errors(OperationTable operations) =>
        from operation in operations.All
        where operation.HttpHandler is null
        from answer in operation.Answers.Select(answer => answer.Type).Concat(operation.Alternatives)
        where Plain.GetTypeInfo(answer) is null
        select $"{operation.Id} is answered with {answer.Name}, which {nameof(AnswersJson)} does not name.";

    /// <summary>Writes names as they are: answers are JSON and never part of a page, so only JSON's own signs are escaped.</summary>
    public static AnswersJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters = { new UtcTimeConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

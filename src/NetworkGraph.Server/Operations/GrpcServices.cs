using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Export;
using NetworkGraph.Server.Grpc;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Ingest;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Live;
using NetworkGraph.Server.Options;
using NetworkGraph.Server.Outcomes;
using NetworkGraph.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace NetworkGraph.Server.Operations;

/// <summary>The services of the package networkgraph.v1: which messages each operation has.</summary>
internal static class GrpcServices
{
    public static readonly ServiceDescriptor[] All =
        [InteractionsReflection.Descriptor.Services[0], PeopleReflection.Descriptor.Services[0], NetworkReflection.Descriptor.Services[0]];

    /// <summary>Answers from so many bytes on are packed for clients that pack their requests.</summary>
    private const int PackInKindFromBytes = 1024;

    public static void MapGrpcServices(this IEndpointRouteBuilder routes, OperationIndex operations)
    {
        var options = new GrpcOptions
        {
            CompressInKindFromBytes = PackInKindFromBytes,
            AnswerPatience = TimeSpan.FromSeconds(routes.ServiceProvider.GetRequiredService<ServerOptions>().GrpcUnreadSeconds),
        };
        Map(InteractionsReflection.Descriptor.Services[0], interactions => interactions
            .UnaryFromReader<RecordRequest, RecordResponse>("Record", RecordMethods.RecordAsync)
            .Bidirectional<RecordStreamRequest, RecordStreamResponse>("RecordStream", RecordMethods.RecordStreamAsync));
        Map(PeopleReflection.Descriptor.Services[0], people => people
            .Operation<SearchPeopleRequest, SearchPeopleResponse>("SearchPeople")
            .Operation<GetPersonRequest, Person>("GetPerson")
            .Operation<PutPersonRequest, Profile>("PutPerson")
            .Unary<PutPeopleRequest, PutPeopleResponse>("PutPeople", GrpcProfiles.PutPeopleAsync)
            .Operation<ErasePersonRequest, ErasePersonResponse>("ErasePerson")
            .Operation<GetInteractionsRequest, GetInteractionsResponse>("GetInteractions")
            .Operation<GetTiesRequest, GetTiesResponse>("GetTies")
            .Operation<GetTieRequest, TieDetail>("GetTie")
            .Operation<GetReciprocityRequest, Reciprocity>("GetReciprocity")
            .Operation<GetDormantTiesRequest, GetDormantTiesResponse>("GetDormantTies")
            .Operation<GetRevivalRequest, Revival>("GetRevival")
            .Operation<GetIntroductionsRequest, Introductions>("GetIntroductions")
            .Operation<GetArchetypesRequest, GetArchetypesResponse>("GetArchetypes")
            .Operation<GetWarningsRequest, GetWarningsResponse>("GetWarnings")
            .Operation<GetStructureRequest, PersonStructure>("GetStructure")
            .Operation<GetEgoRequest, Ego>("GetEgo")
            .Streamed<ExportPersonRequest, ExportPersonResponse>("ExportPerson", ExportMethod.ExportAsync)
            .Operation<GetBlocksRequest, GetBlocksResponse>("GetBlocks")
            .Operation<PlaceBlockRequest, Block>("PlaceBlock")
            .Operation<LiftBlockRequest, Block>("LiftBlock")
            .Operation<FileReportRequest, FiledReport>("FileReport")
            .Operation<ListReportsRequest, ListReportsResponse>("ListReports")
            .Operation<GetReportRequest, Report>("GetReport")
            .Operation<MoveReportRequest, Report>("MoveReport")
            .Operation<GetFollowUpsRequest, V1.FollowUps>("GetFollowUps")
            .Operation<GetPersonVenuesRequest, GetPersonVenuesResponse>("GetPersonVenues")
            .Operation<GetReferralsRequest, V1.Referrals>("GetReferrals")
            .Operation<GetNudgesRequest, V1.Nudges>("GetNudges")
            .Operation<GetBriefRequest, Brief>("GetBrief"));
        Map(NetworkReflection.Descriptor.Services[0], network => network
            .Operation<GetNetworkRequest, NetworkNumbers>("GetNetwork")
            .Operation<GetNetworkReciprocityRequest, V1.NetworkReciprocity>("GetNetworkReciprocity")
            .Operation<GetReciprocityDistributionRequest, V1.ReciprocityDistribution>("GetReciprocityDistribution")
            .Operation<GetNetworkChangesRequest, NetworkChanges>("GetNetworkChanges")
            .Operation<GetNetworkWarningsRequest, NetworkWarnings>("GetNetworkWarnings")
            .Operation<GetCommunitiesRequest, Communities>("GetCommunities")
            .Operation<GetBrokersRequest, GetBrokersResponse>("GetBrokers")
            .Operation<GetNetworkMapRequest, NetworkMap>("GetNetworkMap")
            .Operation<GetNetworkTimelineRequest, NetworkTimeline>("GetNetworkTimeline")
            .Operation<GetHuddlesRequest, Huddles>("GetHuddles")
            .Operation<SearchVenuesRequest, SearchVenuesResponse>("SearchVenues")
            .Operation<GetVenueRequest, Venue>("GetVenue")
            .Streamed<GetLiveRequest, V1.LiveEvent>("GetLive", LiveMethod.ListenAsync));

        void Map(ServiceDescriptor service, Action<GrpcServiceBuilder> methods) =>
            ((IEndpointConventionBuilder)routes.MapGrpcService(service, methods, options)).Finally(operations.Apply);
    }

    /// <summary>A method that answers as its operation does.</summary>
    private static GrpcServiceBuilder Operation<TRequest, TResponse>(this GrpcServiceBuilder service, string method)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        service.Unary<TRequest, TResponse>(method, async (request, call) =>
        {
            var operation = call.Http.GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>();
            var parameters = Asked(request, call, operation, out var refusal);
            if (refusal is not null) return ProblemStatus.Of(refusal);
            var reply = await operation.RunAsync(new QueryReader(parameters), BodyOf(request), call.Http, call.Cancellation);
            return reply.Problem is { } problem ? ProblemStatus.Of(problem) : AnswerMapping.Of<TResponse>(reply.Answer!);
        });

    /// <summary>A method that answers its operation piece by piece.</summary>
    private static GrpcServiceBuilder Streamed<TRequest, TResponse>(
        this GrpcServiceBuilder service, string method, Func<QueryReader, GrpcWriter<TResponse>, GrpcCall, Task<GrpcStatus>> answer)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse> =>
        service.ServerStreaming<TRequest, TResponse>(method, async (request, writer, call) =>
        {
            var parameters = Asked(request, call, call.Http.GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>(), out var refusal);
            if (refusal is not null) return ProblemStatus.Of(refusal);
            try
            {
                return await answer(new QueryReader(parameters), writer, call);
            }
            catch (LogUnavailableException unavailable)
            {
                return ProblemStatus.Of(call.Http.RequestServices.GetRequiredService<UnavailableLog>().Answer(unavailable));
            }
        });

    /// <summary>What a message asks, and why it may not or cannot be answered; null where it can.</summary>
    private static MessageParameters Asked(IMessage request, GrpcCall call, Operation operation, out Problem? refusal)
    {
        var parameters = new MessageParameters(operation.Id, request, call.Http.Viewer());
        refusal = OperationAccess.Refusal(parameters.Viewer, operation.Id, parameters) ?? parameters.FirstEmpty();
        return parameters;
    }

    /// <summary>What the operation takes: the request's field that is a message, as JSON.</summary>
    private static JsonBody BodyOf(IMessage request)
    {
        var field = request.Descriptor.Fields.InDeclarationOrder()
            .FirstOrDefault(f => !f.IsRepeated && f.FieldType == FieldType.Message && f.MessageType.ClrType != typeof(Timestamp));
        if (field is null) return JsonBody.None;
        return field.Accessor.GetValue(request) is IMessage body ? JsonBody.Of(body) : new JsonBody("{}"u8.ToArray(), null);
    }
}

using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Api.AccessRecords;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Grpc;

/// <summary>
/// Runs the calls of all methods: reads what is asked, asks for access, answers, and names every way a call can end. One
/// instance stands for the services towards the library, and holds nothing.
/// </summary>
internal sealed class GrpcMethods
{
    /// <summary>One request, or a stream of them, and one answer.</summary>
    public static async Task<TResponse> AnswerAsync<TRequest, TResponse>(
        TRequest request, ServerCallContext call, Func<TRequest, ServerCallContext, Task<TResponse>> method)
        where TResponse : class, IMessage<TResponse>
    {
        try
        {
            var answer = await method(request, call);
            await AnswerCompression.PrepareAsync(call, answer);
            return answer;
        }
        catch (Exception failure) when (StatusOf(failure, call) is { } status)
        {
            throw status;
        }
    }

    /// <summary>One request, an answer piece by piece.</summary>
    public static async Task StreamAsync<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> answers, ServerCallContext call,
        Func<QueryReader, AnswerStream<TResponse>, ServerCallContext, Task> method)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        try
        {
            await method(new QueryReader(Asked(request, call, OperationOf(call)), Clock(call)), new AnswerStream<TResponse>(answers, call),
                call);
        }
        catch (Exception failure) when (StatusOf(failure, call) is { } status)
        {
            throw status;
        }
    }

    /// <summary>Many requests, many answers.</summary>
    public static async Task StreamAsync<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> answers, ServerCallContext call,
        Func<IAsyncStreamReader<TRequest>, AnswerStream<TResponse>, ServerCallContext, Task> method)
        where TResponse : class, IMessage<TResponse>
    {
        try
        {
            await method(requests, new AnswerStream<TResponse>(answers, call), call);
        }
        catch (Exception failure) when (StatusOf(failure, call) is { } status)
        {
            throw status;
        }
    }

    /// <summary>Answers a method as its operation does.</summary>
    public static async Task<TResponse> OperationAsync<TRequest, TResponse>(TRequest request, ServerCallContext call)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>, new()
    {
        var operation = OperationOf(call);
        var parameters = Asked(request, call, operation);
        var reply = await operation.RunAsync(parameters, BodyOf(request), call.GetHttpContext().RequestServices, call.CancellationToken);
        AccessNotes.Note(call.GetHttpContext(), operation, reply);
        return reply.Problem is { } problem ? throw ProblemStatus.Of(problem).ToRpcException() : AnswerMapping.Of<TResponse>(reply.Answer!);
    }

    private static TimeProvider Clock(ServerCallContext call) => call.GetHttpContext().RequestServices.GetRequiredService<TimeProvider>();

    private static Operation OperationOf(ServerCallContext call) =>
        call.GetHttpContext().GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>();

    /// <summary>What a message asks.</summary>
    /// <exception cref="RpcException">It may not, or cannot, be answered.</exception>
    private static MessageParameters Asked(IMessage request, ServerCallContext call, Operation operation)
    {
        var parameters = new MessageParameters(operation.Id, request, call.GetHttpContext().Viewer(), call.GetHttpContext().PersonOf);
        var refusal = operation.Access!.Refusal(parameters.Viewer, parameters) ?? parameters.FirstEmpty();
        return refusal is null ? parameters : throw ProblemStatus.Of(refusal).ToRpcException();
    }

    /// <summary>What the operation takes: the request's field that is a message, as JSON.</summary>
    private static JsonBody BodyOf(IMessage request)
    {
        var field = request.Descriptor.Fields.InDeclarationOrder()
            .FirstOrDefault(f => !f.IsRepeated && f.FieldType == FieldType.Message && f.MessageType.ClrType != typeof(Timestamp));
        if (field is null) return JsonBody.None;
        return field.Accessor.GetValue(request) is IMessage body ? JsonBody.Of(body) : new JsonBody("{}"u8.ToArray(), null);
    }

    /// <summary>
    /// The status of a call that ends by an exception; null for one that has a status already, and for faults, of which
    /// the client learns no more than that there was one.
    /// </summary>
    private static RpcException? StatusOf(Exception failure, ServerCallContext call) => failure switch
    {
        RpcException => null,
        _ when call.CancellationToken.IsCancellationRequested =>
            new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled.")),
        LogUnavailableException unavailable =>
            ProblemStatus.Of(call.GetHttpContext().RequestServices.GetRequiredService<UnavailableLog>().Answer(unavailable))
                .ToRpcException(),
        _ => null,
    };
}

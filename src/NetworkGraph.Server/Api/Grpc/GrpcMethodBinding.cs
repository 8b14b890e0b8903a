using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Grpc;

/// <summary>
/// Binds every method of <see cref="GrpcApi.Services"/> to its operation, or to the handler that the operation has for it. Each
/// endpoint has its <see cref="MethodDescriptor"/> as metadata.
/// </summary>
internal sealed class GrpcMethodBinding(OperationTable operations) : IServiceMethodProvider<GrpcMethods>
{
    private static readonly MethodInfo s_add = typeof(GrpcMethodBinding)
        .GetMethod(nameof(Add), BindingFlags.Static | BindingFlags.NonPublic)!;

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<GrpcMethods> context)
    {
        foreach (var method in GrpcApi.Services.SelectMany(service => service.Methods))
        {
            var handler = operations.OfMethod(method.Name)!.GrpcHandlers.GetValueOrDefault(method.Name);
            s_add.MakeGenericMethod(method.InputType.ClrType, method.OutputType.ClrType).Invoke(null, [context, method, handler]);
        }
    }

    /// <summary>
    /// What keeps the services and the operations from going together, in words: methods without an operation, operations without
    /// a method, handlers that do not fit, answers and parameters that have no field.
    /// </summary>
    public static IEnumerable<string> Errors(OperationTable operations)
    {
        var methods = GrpcApi.Services.SelectMany(service => service.Methods).ToDictionary(method => method.Name, StringComparer.Ordinal);
        foreach (var method in methods.Values)
            if (operations.OfMethod(method.Name) is null) yield return $"The gRPC method {method.FullName} has no operation behind it.";
        foreach (var operation in operations.All)
        {
            foreach (var name in OperationTable.MethodsOf(operation))
            {
                if (!methods.TryGetValue(name, out var method)) yield return $"{operation.Id} has no gRPC method {name}.";
                else if (operation.GrpcHandlers.TryGetValue(name, out var handler))
                {
                    if (!Fits(handler, method))
                        yield return $"The handler of {operation.Id} does not fit the gRPC method {method.FullName}.";
                }
                else
                {
                    foreach (var answer in operation.Answers.Where(answer => answer.Status == StatusCodes.Status200OK)
                        .Select(answer => answer.Type).Concat(operation.Alternatives))
                        foreach (var error in AnswerMapping.Errors(answer, method.OutputType)) yield return $"{operation.Id}: {error}";
                    foreach (var parameter in operation.Takes)
                        if (!MessageParameters.Has(method.InputType, parameter.Name))
                            yield return $"{operation.Id}: {method.InputType.FullName} has no field for {parameter.Name}.";
                }
            }
        }
    }

    private static bool Fits(Delegate handler, MethodDescriptor method)
    {
        var request = method.InputType.ClrType;
        var response = method.OutputType.ClrType;
        return handler.GetType().GetGenericArguments() switch
        {
            [var asked, _, var answer] =>
                answer == typeof(Task<>).MakeGenericType(response)
                && (asked == request || asked == typeof(MessageBytes) || asked == typeof(IAsyncStreamReader<>).MakeGenericType(request)),
            [var asked, var answers, _, _] => answers == typeof(AnswerStream<>).MakeGenericType(response)
                && (asked == typeof(QueryReader) || asked == typeof(IAsyncStreamReader<MessageBytes>)),
            _ => false,
        };
    }

    private static void Add<TRequest, TResponse>(
        ServiceMethodProviderContext<GrpcMethods> context, MethodDescriptor method, Delegate? handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        switch (handler)
        {
            case Func<TRequest, ServerCallContext, Task<TResponse>> unary:
                context.AddUnaryMethod(
                    Method(method, Of<TRequest>(), Of<TResponse>()), [method], (_, request, call) =>
                    GrpcMethods.AnswerAsync(request, call, unary));
                break;
            case Func<MessageBytes, ServerCallContext, Task<TResponse>> unary:
                context.AddUnaryMethod(
                    Method(method, MessageBytes.Marshaller, Of<TResponse>()), [method], (_, request, call) =>
                    GrpcMethods.AnswerAsync(request, call, unary));
                break;
            case Func<IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> clientStream:
                context.AddClientStreamingMethod(Method(method, Of<TRequest>(), Of<TResponse>()), [method],
                    (_, requests, call) => GrpcMethods.AnswerAsync(requests, call, clientStream));
                break;
            case Func<QueryReader, AnswerStream<TResponse>, ServerCallContext, Task> stream:
                context.AddServerStreamingMethod(Method(method, Of<TRequest>(), Of<TResponse>()), [method],
                    (_, request, answers, call) => GrpcMethods.StreamAsync(request, answers, call, stream));
                break;
            case Func<IAsyncStreamReader<MessageBytes>, AnswerStream<TResponse>, ServerCallContext, Task> duplex:
                context.AddDuplexStreamingMethod(Method(method, MessageBytes.Marshaller, Of<TResponse>()), [method],
                    (_, requests, answers, call) => GrpcMethods.StreamAsync(requests, answers, call, duplex));
                break;
            default:
                context.AddUnaryMethod(Method(method, Of<TRequest>(), Of<TResponse>()), [method],
                    (_, request, call) => GrpcMethods.AnswerAsync(request, call, GrpcMethods.OperationAsync<TRequest, TResponse>));
                break;
        }
    }

    private static Method<TRequest, TResponse> Method<TRequest, TResponse>(
        MethodDescriptor method, Marshaller<TRequest> requests, Marshaller<TResponse> responses)
    {
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            (true, true) => MethodType.DuplexStreaming,
        };
        return new Method<TRequest, TResponse>(type, method.Service.FullName, method.Name, requests, responses);
    }

    /// <summary>Reads and writes a message as generated service classes do: without a copy.</summary>
    private static Marshaller<T> Of<T>()
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return new Marshaller<T>(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
    }
}

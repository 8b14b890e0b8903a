using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using NetworkGraph.Server.Export;
using NetworkGraph.Server.Imports;
using NetworkGraph.Server.Ingest;
using NetworkGraph.Server.Live;
using NetworkGraph.Server.Operations;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// Binds every method of <see cref="GrpcApi.Services"/>: to the operation it is named as, or to a function of its own where
/// it takes many records or streams. Each endpoint has its <see cref="MethodDescriptor"/> as metadata.
/// </summary>
internal sealed class GrpcMethodBinding : IServiceMethodProvider<GrpcMethods>
{
    private static readonly MethodInfo s_addOperation = typeof(GrpcMethodBinding).GetMethod(nameof(AddOperation), BindingFlags.Static | BindingFlags.NonPublic)!;

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<GrpcMethods> context)
    {
        foreach (var method in GrpcApi.Services.SelectMany(service => service.Methods))
        {
            switch (method.Name)
            {
                case "Record":
                    context.AddUnaryMethod(Method(method, Payload.Marshaller, Of<RecordResponse>()), [method],
                        (_, request, call) => GrpcMethods.AnswerAsync(request, call, RecordMethods.RecordAsync));
                    break;
                case "RecordStream":
                    context.AddDuplexStreamingMethod(Method(method, Payload.Marshaller, Of<RecordStreamResponse>()), [method],
                        (_, requests, answers, call) => GrpcMethods.StreamAsync(requests, answers, call, RecordMethods.RecordStreamAsync));
                    break;
                case "StartImport":
                    context.AddClientStreamingMethod(Method(method, Of<StartImportRequest>(), Of<Import>()), [method],
                        (_, requests, call) => GrpcMethods.AnswerAsync(requests, call, ImportMethod.StartAsync));
                    break;
                case "PutPeople":
                    context.AddUnaryMethod(Method(method, Of<PutPeopleRequest>(), Of<PutPeopleResponse>()), [method],
                        (_, request, call) => GrpcMethods.AnswerAsync(request, call, GrpcProfiles.PutPeopleAsync));
                    break;
                case "ExportPerson":
                    context.AddServerStreamingMethod(Method(method, Of<ExportPersonRequest>(), Of<ExportPersonResponse>()), [method],
                        (_, request, answers, call) => GrpcMethods.StreamAsync(request, answers, call, ExportMethod.ExportAsync));
                    break;
                case "ExportNetwork":
                    context.AddServerStreamingMethod(Method(method, Of<ExportNetworkRequest>(), Of<ExportNetworkResponse>()), [method],
                        (_, request, answers, call) => GrpcMethods.StreamAsync(request, answers, call, ExportEndpoint.StreamAsync));
                    break;
                case "GetLive":
                    context.AddServerStreamingMethod(Method(method, Of<GetLiveRequest>(), Of<V1.LiveEvent>()), [method],
                        (_, request, answers, call) => GrpcMethods.StreamAsync(request, answers, call, LiveMethod.ListenAsync));
                    break;
                default:
                    s_addOperation.MakeGenericMethod(method.InputType.ClrType, method.OutputType.ClrType).Invoke(null, [context, method]);
                    break;
            }
        }
    }

    private static void AddOperation<TRequest, TResponse>(ServiceMethodProviderContext<GrpcMethods> context, MethodDescriptor method)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        context.AddUnaryMethod(Method(method, Of<TRequest>(), Of<TResponse>()), [method],
            (_, request, call) => GrpcMethods.AnswerAsync(request, call, GrpcMethods.OperationAsync<TRequest, TResponse>));

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

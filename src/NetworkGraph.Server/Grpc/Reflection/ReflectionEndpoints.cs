using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Routing;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;
using V1 = NetworkGraph.Server.Grpc.Reflection.V1;
using V1Alpha = NetworkGraph.Server.Grpc.Reflection.V1Alpha;

namespace NetworkGraph.Server.Grpc.Reflection;

/// <summary>
/// Server reflection, by which generic tools learn the services and messages:
/// https://github.com/grpc/grpc/blob/master/doc/server-reflection.md. In version 1, and in the alpha that many tools still
/// ask for; the two differ in nothing but the name of their package.
/// </summary>
public static class ReflectionEndpoints
{
    /// <param name="endpoints">Where to map it.</param>
    /// <param name="services">The services to tell of; the two of reflection itself are added.</param>
    public static RouteGroupBuilder MapGrpcReflection(this IEndpointRouteBuilder endpoints, params IReadOnlyList<ServiceDescriptor> services)
    {
        var v1 = V1.ReflectionReflection.Descriptor.Services[0];
        var v1Alpha = V1Alpha.ReflectionReflection.Descriptor.Services[0];
        var index = new DescriptorIndex([.. services, v1, v1Alpha]);

        var group = endpoints.MapGroup("");
        group.MapGrpcService(v1, reflection => reflection
            .Bidirectional<V1.ServerReflectionRequest, V1.ServerReflectionResponse>(
                "ServerReflectionInfo",
                async (requests, answers, _) =>
                {
                    await foreach (var request in requests.ReadAllAsync())
                        await answers.WriteAsync(Answer(index, request));
                    return GrpcStatus.Ok;
                }));
        group.MapGrpcService(v1Alpha, reflection => reflection
            .Bidirectional<V1Alpha.ServerReflectionRequest, V1Alpha.ServerReflectionResponse>(
                "ServerReflectionInfo",
                async (requests, answers, _) =>
                {
                    await foreach (var request in requests.ReadAllAsync())
                    {
                        var answer = Answer(index, V1.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()));
                        await answers.WriteAsync(V1Alpha.ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString()));
                    }

                    return GrpcStatus.Ok;
                }));
        return group;
    }

    private static V1.ServerReflectionResponse Answer(DescriptorIndex index, V1.ServerReflectionRequest request)
    {
        var answer = new V1.ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case V1.ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                answer.ListServicesResponse = new V1.ListServiceResponse();
                answer.ListServicesResponse.Service.AddRange(index.Services.Select(s => new V1.ServiceResponse { Name = s }));
                break;
            case V1.ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                AnswerFile(answer, index.FileByName(request.FileByFilename), $"file '{request.FileByFilename}'");
                break;
            case V1.ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                AnswerFile(answer, index.FileBySymbol(request.FileContainingSymbol), $"symbol '{request.FileContainingSymbol}'");
                break;
            case V1.ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var (type, number) = (request.FileContainingExtension.ContainingType, request.FileContainingExtension.ExtensionNumber);
                AnswerFile(answer, index.FileByExtension(type, number), $"extension {number} of '{type}'");
                break;
            case V1.ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                AnswerExtensionNumbers(answer, index, request.AllExtensionNumbersOfType);
                break;
            case V1.ServerReflectionRequest.MessageRequestOneofCase.None:
            default:
                answer.ErrorResponse = Error(GrpcStatusCode.InvalidArgument, "The request asks for nothing that is known here.");
                break;
        }

        return answer;
    }

    private static void AnswerFile(V1.ServerReflectionResponse answer, FileDescriptor? file, string asked)
    {
        if (file is null)
        {
            answer.ErrorResponse = Error(GrpcStatusCode.NotFound, $"There is no {asked}.");
            return;
        }

        answer.FileDescriptorResponse = new V1.FileDescriptorResponse();
        answer.FileDescriptorResponse.FileDescriptorProto.AddRange(DescriptorIndex.WithImports(file).Select(f => f.SerializedData));
    }

    private static void AnswerExtensionNumbers(V1.ServerReflectionResponse answer, DescriptorIndex index, string type)
    {
        if (index.ExtensionNumbers(type) is not { } numbers)
        {
            answer.ErrorResponse = Error(GrpcStatusCode.NotFound, $"There is no message '{type}'.");
            return;
        }

        answer.AllExtensionNumbersResponse = new V1.ExtensionNumberResponse { BaseTypeName = type };
        answer.AllExtensionNumbersResponse.ExtensionNumber.AddRange(numbers);
    }

    private static V1.ErrorResponse Error(GrpcStatusCode code, string message) =>
        new() { ErrorCode = (int)code, ErrorMessage = message };
}

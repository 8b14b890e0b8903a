using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using NetworkGraph.Grpc.Tests.Interop;
using NetworkGraph.Server.Grpc;

namespace NetworkGraph.Grpc.Tests;

/// <summary>
/// The server's side of gRPC's interoperability tests:
/// https://github.com/grpc/grpc/blob/master/doc/interop-test-descriptions.md.
/// </summary>
internal static class InteropService
{
    public static void Map(IEndpointRouteBuilder endpoints, GrpcOptions options) =>
        endpoints.MapGrpcService(InteropReflection.Descriptor.Services[0], service => service
            .Unary<Empty, Empty>("EmptyCall", (_, _) => Task.FromResult<GrpcOutcome<Empty>>(new Empty()))
            .Unary<SimpleRequest, SimpleResponse>("UnaryCall", (request, call) => Task.FromResult(Answer(request, call)))
            .ClientStreaming<StreamingInputCallRequest, StreamingInputCallResponse>("StreamingInputCall", SumAsync)
            .ServerStreaming<StreamingOutputCallRequest, StreamingOutputCallResponse>("StreamingOutputCall", AnswerAllAsync)
            .Bidirectional<StreamingOutputCallRequest, StreamingOutputCallResponse>("FullDuplexCall", AnswerEachAsync), options);

    private static GrpcOutcome<SimpleResponse> Answer(SimpleRequest request, GrpcCall call)
    {
        EchoMetadata(call);
        if (CompressionIsWrong(request.ExpectCompressed, call) is { } wrong)
            return wrong;
        if (request.ResponseStatus is { Code: not 0 } status)
            return new GrpcStatus((GrpcStatusCode)status.Code, status.Message);
        call.CompressFromBytes = request.ResponseCompressed?.Value == true ? 0 : null;
        return new SimpleResponse { Payload = Zeros(request.ResponseSize) };
    }

    private static async Task<GrpcOutcome<StreamingInputCallResponse>> SumAsync(
        GrpcReader<StreamingInputCallRequest> requests, GrpcCall call)
    {
        var sum = 0;
        await foreach (var request in requests.ReadAllAsync())
        {
            if (CompressionIsWrong(request.ExpectCompressed, call) is { } wrong)
                return wrong;
            sum += request.Payload.Body.Length;
        }

        return new StreamingInputCallResponse { AggregatedPayloadSize = sum };
    }

    private static async Task<GrpcStatus> AnswerAllAsync(
        StreamingOutputCallRequest request, GrpcWriter<StreamingOutputCallResponse> answers, GrpcCall call)
    {
        if (request.ResponseStatus is { Code: not 0 } status)
            return new GrpcStatus((GrpcStatusCode)status.Code, status.Message);
        foreach (var wanted in request.ResponseParameters)
        {
            if (wanted.Compressed is { } compressed)
                call.CompressFromBytes = compressed.Value ? 0 : null;
            await answers.WriteAsync(new StreamingOutputCallResponse { Payload = Zeros(wanted.Size) });
        }

        return GrpcStatus.Ok;
    }

    private static async Task<GrpcStatus> AnswerEachAsync(
        GrpcReader<StreamingOutputCallRequest> requests, GrpcWriter<StreamingOutputCallResponse> answers, GrpcCall call)
    {
        EchoMetadata(call);
        await foreach (var request in requests.ReadAllAsync())
        {
            var status = await AnswerAllAsync(request, answers, call);
            if (!status.IsOk)
                return status;
        }

        return GrpcStatus.Ok;
    }

    private static void EchoMetadata(GrpcCall call)
    {
        const string Initial = "x-grpc-test-echo-initial";
        const string Trailing = "x-grpc-test-echo-trailing-bin";
        foreach (var text in call.RequestHeaders.Texts(Initial))
            call.ResponseHeaders.Add(Initial, text);
        foreach (var bytes in call.RequestHeaders.AllBytes(Trailing))
            call.ResponseTrailers.Add(Trailing, bytes);
    }

    private static GrpcStatus? CompressionIsWrong(BoolValue? expected, GrpcCall call) =>
        expected is null || expected.Value == call.RequestWasCompressed
            ? null
            : GrpcStatus.InvalidArgument($"The message was to be {(expected.Value ? "compressed" : "sent as it is")}.");

    private static Payload Zeros(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };
}

using Google.Protobuf;
using Grpc.Core;
using NetworkGraph.Grpc.Tests.Interop;
using NetworkGraph.Server.Api.Grpc;

namespace NetworkGraph.Grpc.Tests;

/// <summary>
/// The server's side of gRPC's interoperability tests:
/// https://github.com/grpc/grpc/blob/master/doc/interop-test-descriptions.md.
/// </summary>
internal sealed class InteropService : TestService.TestServiceBase
{
    private const string Initial = "x-grpc-test-echo-initial";
    private const string Trailing = "x-grpc-test-echo-trailing-bin";

    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        CheckCompression(request.ExpectCompressed, context);
        CheckStatus(request.ResponseStatus);
        if (request.ResponseCompressed?.Value == true) await AnswerCompression.AnnounceAsync(context);
        else await EchoMetadataAsync(context);
        return new SimpleResponse { Payload = Zeros(request.ResponseSize) };
    }

    public override async Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requests, ServerCallContext context)
    {
        var sum = 0;
        await foreach (var request in requests.ReadAllAsync())
        {
            CheckCompression(request.ExpectCompressed, context);
            sum += request.Payload.Body.Length;
        }
        return new StreamingInputCallResponse { AggregatedPayloadSize = sum };
    }

    public override async Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> answers, ServerCallContext context)
    {
        if (request.ResponseParameters.Any(p => p.Compressed is { Value: true })) await AnswerCompression.AnnounceAsync(context);
        await AnswerAllAsync(request, answers);
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requests, IServerStreamWriter<StreamingOutputCallResponse> answers,
            ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        await foreach (var request in requests.ReadAllAsync()) await AnswerAllAsync(request, answers);
    }

    private static async Task AnswerAllAsync(StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> answers)
    {
        CheckStatus(request.ResponseStatus);
        foreach (var wanted in request.ResponseParameters)
        {
            answers.WriteOptions = new WriteOptions(wanted.Compressed is { Value: false } ? WriteFlags.NoCompress : 0);
            await answers.WriteAsync(new StreamingOutputCallResponse { Payload = Zeros(wanted.Size) });
        }
    }

    private static async Task EchoMetadataAsync(ServerCallContext context)
    {
        var headers = new Metadata();
        foreach (var entry in context.RequestHeaders)
        {
            if (entry.Key == Initial) headers.Add(entry);
            else if (entry.Key == Trailing) context.ResponseTrailers.Add(entry);
        }
        if (headers.Count > 0) await context.WriteResponseHeadersAsync(headers);
    }

    private static void CheckStatus(EchoStatus? wanted)
    {
        if (wanted is { Code: not 0 }) throw new RpcException(new Status((StatusCode)wanted.Code, wanted.Message));
    }

    private static void CheckCompression(BoolValue? expected, ServerCallContext context)
    {
        var isCompressed = context.GetHttpContext().Request.Headers.GrpcEncoding == "gzip";
        if (expected?.Value == true && !isCompressed)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The message was to be compressed."));
    }

    private static Payload Zeros(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };
}

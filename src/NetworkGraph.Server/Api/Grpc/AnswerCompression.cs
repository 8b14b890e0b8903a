using Google.Protobuf;
using Grpc.Core;

namespace NetworkGraph.Server.Api.Grpc;

/// <summary>
/// Compression in kind: a client that compresses what it sends, whose link is then likely the narrow part, gets compressed
/// answers, message by message, from a size on where that saves anything.
/// </summary>
internal static class AnswerCompression
{
    private const int FromBytes = 1024;
    private const string Gzip = "gzip";

    /// <summary>By which a method says to grpc-dotnet how its answer is encoded; it is not sent.</summary>
    private const string EncodingKey = "grpc-internal-encoding-request";

    private static readonly WriteOptions s_plain = new(WriteFlags.NoCompress);

    /// <summary>Whether the client sends gzip and accepts it.</summary>
    public static bool IsWanted(ServerCallContext context)
    {
        var headers = context.GetHttpContext().Request.Headers;
        return headers.GrpcEncoding == Gzip && headers.GrpcAcceptEncoding.ToString().Contains(Gzip, StringComparison.Ordinal);
    }

    /// <summary>How a message is written where compression has been announced.</summary>
    public static WriteOptions? OptionsOf(IMessage message) => message.CalculateSize() >= FromBytes ? WriteOptions.Default : s_plain;

    /// <summary>Sends the response headers, which say that messages may be compressed.</summary>
    public static Task AnnounceAsync(ServerCallContext context) =>
        context.WriteResponseHeadersAsync(new Metadata { { EncodingKey, Gzip } });

    /// <summary>Prepares for the one message of a unary answer.</summary>
    public static Task PrepareAsync(ServerCallContext context, IMessage answer) =>
        IsWanted(context) && answer.CalculateSize() >= FromBytes ? AnnounceAsync(context) : Task.CompletedTask;
}

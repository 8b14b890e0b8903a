using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Microsoft.AspNetCore.Http;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// How a call ended: a code, a message for people and details for programs. Written into trailers as
/// <c>grpc-status</c>, <c>grpc-message</c> and (a <c>google.rpc.Status</c>) <c>grpc-status-details-bin</c>.
/// </summary>
public sealed class GrpcStatus(GrpcStatusCode code, string message, params IReadOnlyList<IMessage> details)
{
    /// <summary>
    /// Clients refuse trailers of more than 8 KiB by default, and then report that instead of the error. Details
    /// beyond this many bytes are left out; with the message's own limit and base64 both fit.
    /// </summary>
    internal const int DetailsMaxBytes = 3 * 1024;

    public static GrpcStatus Ok { get; } = new(GrpcStatusCode.Ok, "");

    /// <summary>UNAVAILABLE, for calls that would go on without end.</summary>
    public static GrpcStatus Stopping { get; } = new(GrpcStatusCode.Unavailable, "The server is stopping.");

    public GrpcStatusCode Code { get; } = code;

    public string Message { get; } = message;

    /// <summary>Messages as of google/rpc/error_details.proto, or of one's own.</summary>
    public IReadOnlyList<IMessage> Details { get; } = details;

    public bool IsOk => Code == GrpcStatusCode.Ok;

    /// <summary>INVALID_ARGUMENT that names the wrong fields: as many, in order, as trailers have room for.</summary>
    public static GrpcStatus InvalidArgument(string message, params IReadOnlyList<BadRequest.Types.FieldViolation> violations)
    {
        var badRequest = new BadRequest();
        var roomBytes = DetailsMaxBytes - 2 * PercentEncoding.EncodedMaxLength / 3 - 128;
        foreach (var violation in violations)
        {
            roomBytes -= violation.CalculateSize() + 4;
            if (roomBytes < 0)
                break;
            badRequest.FieldViolations.Add(violation);
        }

        return badRequest.FieldViolations.Count == 0
            ? new GrpcStatus(GrpcStatusCode.InvalidArgument, message)
            : new GrpcStatus(GrpcStatusCode.InvalidArgument, message, badRequest);
    }

    /// <summary>RESOURCE_EXHAUSTED with the time after which trying again makes sense.</summary>
    public static GrpcStatus Overloaded(string message, TimeSpan retryAfter) =>
        new(GrpcStatusCode.ResourceExhausted, message, new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryAfter) });

    public override string ToString() => $"{Code}: {Message}";

    internal void WriteTo(IHeaderDictionary trailers)
    {
        trailers["grpc-status"] = ((int)Code).ToString();
        if (Message.Length > 0)
            trailers["grpc-message"] = PercentEncoding.Encode(Message);
        if (Details.Count == 0)
            return;

        var rich = new Google.Rpc.Status { Code = (int)Code, Message = PercentEncoding.Shorten(Message) };
        rich.Details.AddRange(Details.Select(Any.Pack));
        if (rich.CalculateSize() <= DetailsMaxBytes)
            trailers["grpc-status-details-bin"] = GrpcMetadata.ToBase64(rich.ToByteArray());
    }
}

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace NetworkGraph.Server.Api.Outcomes;

/// <summary>
/// Statuses with details for programs (google/rpc/error_details.proto), no longer than what clients accept. A method throws
/// one as <c>status.ToRpcException()</c>; a call refused before its method is answered with <see cref="RefusedCall"/>.
/// </summary>
internal static class RichStatus
{
    /// <summary>
    /// Clients refuse trailers of more than 8 KiB by default, and then report that instead of the error. Details
    /// beyond this many bytes are left out; with the message's own limit and base64 both fit.
    /// </summary>
    public const int DetailsMaxBytes = 3 * 1024;

    /// <summary>What each detail adds beside its own bytes: its type's name and two lengths.</summary>
    private const int EnvelopeMaxBytes = 128;

    public static RpcStatus Of(StatusCode code, string message, params IReadOnlyList<IMessage> details)
    {
        var status = new RpcStatus { Code = (int)code, Message = PercentEncoding.Shorten(message) };
        foreach (var detail in details) status.Details.Add(Any.Pack(detail));
        if (status.CalculateSize() > DetailsMaxBytes) status.Details.Clear();
        return status;
    }

    /// <summary>INVALID_ARGUMENT that names the invalid fields: the first ones, as many as there is room for.</summary>
    public static RpcStatus InvalidArgument(string message, IEnumerable<(string Field, string Description)> violations)
    {
        var badRequest = new BadRequest();
        var roomBytes = DetailsMaxBytes - 2 * PercentEncoding.EncodedMaxLength / 3 - EnvelopeMaxBytes;
        foreach (var (field, description) in violations)
        {
            var violation = new BadRequest.Types.FieldViolation { Field = field, Description = description, Reason = "INVALID" };
            roomBytes -= violation.CalculateSize() + 4;
            if (roomBytes < 0) break;
            badRequest.FieldViolations.Add(violation);
        }
        return badRequest.FieldViolations.Count == 0
            ? Of(StatusCode.InvalidArgument, message)
            : Of(StatusCode.InvalidArgument, message, badRequest);
    }

    /// <summary>RESOURCE_EXHAUSTED with the time after which trying again makes sense.</summary>
    public static RpcStatus Overloaded(string message, TimeSpan retryAfter) =>
        Of(StatusCode.ResourceExhausted, message, new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryAfter) });

    /// <summary>UNAVAILABLE, for streams that would go on without end.</summary>
    public static RpcStatus Stopping() => Of(StatusCode.Unavailable, "The server is stopping.");
}

using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// gRPC over HTTP/2 as endpoints of ASP.NET Core: services described by the proto files' generated descriptors, methods as
/// plain async functions. This folder knows the protocol and nothing of what is served over it.
/// <para>
/// The protocol: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, with
/// https://github.com/grpc/grpc/blob/master/doc/compression.md and
/// https://github.com/grpc/grpc/blob/master/doc/statuscodes.md. Supported:
/// </para>
/// <list type="bullet">
/// <item>unary, client-streaming, server-streaming and bidirectional methods (<see cref="GrpcServiceBuilder"/>);</item>
/// <item>length-prefixed messages over any cut into DATA frames, limits on their length (<see cref="MessageFrame"/>,
/// <see cref="GrpcOptions"/>);</item>
/// <item>gzip in both directions, message by message (<see cref="GzipMessages"/>); any other compression is
/// UNIMPLEMENTED, with the list of those supported;</item>
/// <item>deadlines from <c>grpc-timeout</c> (<see cref="GrpcTimeout"/>, <see cref="GrpcDeadline"/>) and cancellation by a
/// reset stream or broken connection;</item>
/// <item>metadata in headers and trailers, text and binary (<see cref="GrpcMetadata"/>);</item>
/// <item>statuses with percent-encoded messages and <c>google.rpc.Status</c> details, after messages or trailers-only
/// (<see cref="GrpcStatus"/>, <see cref="GrpcResponse"/>);</item>
/// <item>flow control both ways: a message is read when the method asks, and written when the client has room.</item>
/// </list>
/// <para>
/// What is not gRPC is answered as HTTP: another content type 415, another verb 405, HTTP/1.1 426. <c>te: trailers</c> is
/// not insisted on, as most servers do not. Not supported: gRPC-Web, JSON or other codecs, GET for cacheable methods.
/// </para>
/// <para>
/// A reader may be slow: what waits for it is bounded by flow control. One that leaves unread for
/// <see cref="GrpcOptions.AnswerPatience"/> what it is sent loses the call, whose stream is reset; its connection and the
/// calls beside it go on, if Kestrel's own <c>Limits.MinResponseDataRate</c>, which closes connections, is null. A method
/// may be more patient (<see cref="GrpcWriter{T}.WriteWhenReadAsync"/>). What Kestrel holds of an answer besides, up to 64 KiB, it
/// takes for sent; a client that never makes room for it keeps it, and one of the streams of its connection, until the
/// connection ends.
/// </para>
/// </summary>
public static class GrpcEndpoints
{
    internal const string ContentType = "application/grpc";

    /// <summary>
    /// Maps a service. Its methods that <paramref name="methods"/> leaves out are an error here, at start, not one that a
    /// client finds. Unknown methods of the service answer UNIMPLEMENTED.
    /// </summary>
    /// <returns>All endpoints of the service, to add conventions to (authorization, hosts). Each method's has its
    /// <see cref="MethodDescriptor"/> as metadata.</returns>
    /// <exception cref="InvalidOperationException">Methods of the service are missing.</exception>
    public static RouteGroupBuilder MapGrpcService(
        this IEndpointRouteBuilder endpoints,
        ServiceDescriptor service,
        Action<GrpcServiceBuilder> methods,
        GrpcOptions? options = null)
    {
        options ??= new GrpcOptions();
        var builder = new GrpcServiceBuilder(service, options);
        methods(builder);
        var mapped = builder.Build().ToList();

        var group = endpoints.MapGroup("");
        foreach (var (method, run) in mapped)
        {
            var path = $"/{service.FullName}/{method.Name}";
            var handler = new GrpcHandler(path, method.IsClientStreaming, run, options, endpoints.ServiceProvider);
            group.Map(path, handler.InvokeAsync).WithDisplayName($"gRPC {path}").WithMetadata(method);
        }

        group.Map($"/{service.FullName}/{{method}}", GrpcHandler.AnswerUnimplementedAsync)
            .WithDisplayName($"gRPC {service.FullName}, unknown methods");
        group.ExcludeFromDescription();
        return group;
    }

    /// <summary>
    /// Answers UNIMPLEMENTED to gRPC requests that no endpoint takes: those for unknown services. After routing. (An
    /// endpoint for every path would take them too, but with it routing no longer tells a wrong method or content type
    /// of other paths from a path that does not exist.)
    /// </summary>
    public static void UseUnknownGrpcServices(this IApplicationBuilder app) => app.Use((http, next) =>
        http.GetEndpoint() is null && HttpMethods.IsPost(http.Request.Method) && IsGrpcContentType(http.Request.ContentType)
            ? GrpcHandler.AnswerUnimplementedAsync(http)
            : next(http));

    /// <summary>application/grpc, alone, with +proto, or with parameters. Other suffixes are other codecs, or gRPC-Web.</summary>
    internal static bool IsGrpcContentType(string? contentType)
    {
        if (contentType is null || !contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase))
            return false;
        var rest = contentType.AsSpan(ContentType.Length);
        if (rest.StartsWith("+proto", StringComparison.OrdinalIgnoreCase))
            rest = rest["+proto".Length..];
        rest = rest.Trim();
        return rest.IsEmpty || rest[0] == ';';
    }
}

using Microsoft.AspNetCore.Http;

namespace NetworkGraph.Server.Grpc;

/// <summary>A call as a method sees it: the metadata both ways, the deadline, and the token that ends its work.</summary>
public sealed class GrpcCall
{
    internal GrpcCall(
        HttpContext http,
        GrpcMetadata requestHeaders,
        GrpcResponse response,
        DateTimeOffset? deadline,
        CancellationToken stopping,
        CancellationToken cancellation)
    {
        Http = http;
        RequestHeaders = requestHeaders;
        Response = response;
        Deadline = deadline;
        Stopping = stopping;
        Cancellation = cancellation;
        RequestEncoding = http.Request.Headers["grpc-encoding"].ToString();
    }

    /// <summary>The request beneath, for its user, connection and features. Its bodies belong to the protocol.</summary>
    public HttpContext Http { get; }

    public GrpcMetadata RequestHeaders { get; }

    /// <summary>Sent before the first message; add to them before that.</summary>
    public GrpcMetadata ResponseHeaders => Response.Headers;

    /// <summary>Sent with the status.</summary>
    public GrpcMetadata ResponseTrailers => Response.Trailers;

    /// <summary>When the client stops waiting; null when it does not, or not before the calendar ends.</summary>
    public DateTimeOffset? Deadline { get; }

    /// <summary>Cancelled at the deadline, and when the client cancels or its connection breaks.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>
    /// Cancelled when the server begins to stop. Calls under way may finish; one that waits for what may never come ends
    /// then, with UNAVAILABLE. Reading a request stream does so by itself.
    /// </summary>
    public CancellationToken Stopping { get; }

    /// <summary>
    /// Response messages of at least so many bytes are compressed where the client accepts it; null: none. May change
    /// between messages, if it was set before the first: headers announce the encoding.
    /// </summary>
    public int? CompressFromBytes
    {
        get => Response.CompressFromBytes;
        set => Response.CompressFromBytes = value;
    }

    /// <summary>Whether the request message read last came compressed.</summary>
    public bool RequestWasCompressed { get; internal set; }

    internal TimeProvider Time => Http.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;

    internal string RequestEncoding { get; }

    internal GrpcResponse Response { get; }

    /// <summary>Sends the response headers now, where they matter before the first message does.</summary>
    public Task SendHeadersAsync() => Response.SendHeadersAsync(Cancellation);
}

using Microsoft.AspNetCore.Server.Kestrel.Core;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Limits;

/// <summary>
/// Bounds a request's headers (over gRPC: its metadata). A request beyond them is refused alone: Kestrel would end the whole
/// HTTP/2 connection, with every other call on it, so it reads further than what is accepted.
/// </summary>
internal static class HeaderLimits
{
    /// <summary>Of names and values, with 32 bytes more for each header (RFC 9113, 10.5.1).</summary>
    private const int MaxBytes = 32 * 1024;

    private const int MaxCount = 100;
    private const int OverheadBytes = 32;

    /// <summary>What is read of HTTP/2's headers before the connection ends; twice what Kestrel announces to clients.</summary>
    private const int ReadMaxBytes = 1024 * 1024;

    private const int ReadMaxCount = 10_000;

    public static void Configure(KestrelServerLimits limits)
    {
        limits.MaxRequestHeadersTotalSize = ReadMaxBytes / 2;
        limits.MaxRequestHeaderCount = ReadMaxCount;
        limits.Http2.MaxRequestHeaderFieldSize = ReadMaxBytes;
    }

    public static void UseHeaderLimits(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var (count, bytes) = (0, 0);
        foreach (var (name, values) in http.Request.Headers)
        {
            foreach (var value in values)
            {
                count++;
                bytes += name.Length + (value?.Length ?? 0) + OverheadBytes;
            }
        }
        return count <= MaxCount && bytes <= MaxBytes ? next(http) : new ProblemResult(TooLarge(count, bytes)).ExecuteAsync(http);
    });

    private static Problem TooLarge(int count, int bytes) => Problem.From(Outcome.TooLarge,
        $"The request has {count} headers (over gRPC: metadata) of {bytes} bytes; at most {MaxCount} and {MaxBytes} bytes are accepted.")
        with
    { Status = StatusCodes.Status431RequestHeaderFieldsTooLarge };
}

using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace NetworkGraph.Server.Http.Bodies;

/// <summary>A line of a body that is not empty. <see cref="Utf8"/> is good until the next line is asked for.</summary>
internal readonly record struct NdjsonLine(long Number, ReadOnlyMemory<byte> Utf8, bool TooLong);

/// <summary>Bodies of one JSON object a line, read as they arrive.</summary>
internal static class NdjsonLines
{
    public const string ContentType = "application/x-ndjson";

    public static bool Is(HttpRequest request) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase);

    /// <summary>All lines that are not blank, numbered from 1; one longer than <paramref name="maxBytes"/> is passed over and said so.</summary>
    public static async IAsyncEnumerable<NdjsonLine> ReadAsync(PipeReader body, int maxBytes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 1L;
        var overlong = false;
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            var left = read.Buffer;
            while (TryCut(ref left, read.IsCompleted, out var line))
            {
                if (overlong || line.Length > maxBytes) yield return new NdjsonLine(number, default, TooLong: true);
                else if (!IsBlank(line)) yield return new NdjsonLine(number, line.IsSingleSegment ? line.First : line.ToArray(), TooLong: false);
                overlong = false;
                number++;
            }
            if (left.Length > maxBytes)
            {
                overlong = true;
                left = left.Slice(left.End);
            }
            body.AdvanceTo(left.Start, read.Buffer.End);
            if (!read.IsCompleted) continue;
            if (overlong) yield return new NdjsonLine(number, default, TooLong: true);
            yield break;
        }
    }

    private static bool TryCut(ref ReadOnlySequence<byte> left, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (left.PositionOf((byte)'\n') is { } end)
        {
            line = left.Slice(0, end);
            left = left.Slice(left.GetPosition(1, end));
            return true;
        }
        line = left;
        if (!isLast || left.IsEmpty) return false;
        left = left.Slice(left.End);
        return true;
    }

    private static bool IsBlank(in ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
            if (part.Span.IndexOfAnyExcept(" \t\r"u8) >= 0) return false;
        return true;
    }
}

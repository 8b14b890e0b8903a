using System.Globalization;

namespace NetworkGraph.LoadTests.Grpc;

/// <summary>What a server has used since it was started, or between two looks.</summary>
/// <param name="Processor">Of all cores together; null where it is not known.</param>
/// <param name="AllocatedBytes">By managed code.</param>
internal readonly record struct ServerUse(TimeSpan? Processor, long AllocatedBytes)
{
    private const string Allocated = "dotnet_gc_heap_total_allocated_bytes_total";
    private static readonly Uri s_metrics = new("metrics", UriKind.Relative);

    public static ServerUse operator -(ServerUse later, ServerUse earlier) =>
        new(later.Processor - earlier.Processor, later.AllocatedBytes - earlier.AllocatedBytes);

    public static ServerUse operator +(ServerUse one, ServerUse other) =>
        new(one.Processor + other.Processor, one.AllocatedBytes + other.AllocatedBytes);

    /// <summary>Looks now.</summary>
    /// <exception cref="HttpRequestException">The server cannot be asked.</exception>
    /// <exception cref="InvalidDataException">It does not say what it allocates.</exception>
    public static async Task<ServerUse> LookAsync(HttpClient http, Func<TimeSpan>? processorTime, CancellationToken cancellation)
    {
        var text = await http.GetStringAsync(s_metrics, cancellation);
        var processor = processorTime?.Invoke();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Allocated, StringComparison.Ordinal) && line.LastIndexOf(' ') is > 0 and var space)
                return new(processor, (long)double.Parse(line[(space + 1)..], CultureInfo.InvariantCulture));
        }
        throw new InvalidDataException($"The server's /metrics has no {Allocated}.");
    }
}

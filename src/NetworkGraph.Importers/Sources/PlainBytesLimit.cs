namespace NetworkGraph.Importers.Sources;

/// <summary>
/// How much may come of a compressed file that somebody sent: a small file can be made that grows without end. All that is read of
/// it counts, also what is read a second time.
/// </summary>
/// <param name="compressedBytes">The file's length.</param>
public sealed class PlainBytesLimit(long compressedBytes)
{
    /// <summary>Mail and tables grow some ten to thirty times; formats are read up to three times.</summary>
    private const long MaxRatio = 200;
    private const long FreeBytes = 1L << 30;

    private readonly long _most = FreeBytes + MaxRatio * compressedBytes;
    private long _read;

    /// <summary>The stream, which fails with <see cref="InvalidDataException"/> where more comes of it than may.</summary>
    public static Stream Apply(PlainBytesLimit? limit, Stream stream) => limit is null ? stream : new CountedStream(stream, limit.Add);

    private void Add(int count)
    {
        if (Interlocked.Add(ref _read, count) > _most)
            throw new InvalidDataException($"it grows to more than {MaxRatio} times its compressed size");
    }
}

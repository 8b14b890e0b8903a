using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Storage.Postgres;

/// <summary>One record as the bytes of a batch of one, which has its position and its checksum inside. Not thread-safe.</summary>
internal sealed class RecordBytes(string place)
{
    private readonly BatchEncoder _encoder = new();
    private readonly BatchDecoder _decoder = new();

    public byte[] Encode(long position, LogRecord record)
    {
        _encoder.Begin(position);
        _encoder.Add(record);
        return _encoder.Finish().ToArray();
    }

    /// <exception cref="LogCorruptedException">Not what was written at this position.</exception>
    public LogRecord Decode(long position, byte[] payload)
    {
        RecordBatch batch;
        try
        {
            batch = _decoder.Decode(payload, place);
        }
        catch (LogCorruptedException bad)
        {
            throw new LogCorruptedException($"At position {position}: {bad.Message}", bad);
        }
        if (batch.FirstPosition != position || batch.Records.Length != 1)
            throw new LogCorruptedException($"{place}: the record at position {position} belongs to another position.");
        return batch.Records[0];
    }
}

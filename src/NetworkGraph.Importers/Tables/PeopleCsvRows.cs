using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Tables;

/// <summary>
/// A body of people as CSV, as the export writes it. It is held in memory, since delimiter and header are recognised from its beginning:
/// at most <see cref="MaxBytes"/>.
/// </summary>
public sealed class PeopleCsvRows(Stream stream) : IRowSource, IDisposable
{
    public const int MaxBytes = 64 << 20;

    private readonly MemoryStream _bytes = new();
    private IRowSource? _rows;

    public long BytesRead => _bytes.Length;

    public async ValueTask<bool> ReadAsync(RowBatch rows, long nowMs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (_rows is null)
        {
            if (await WhyUnreadableAsync(cancellation) is { } unreadable)
            {
                rows.Unreadable = unreadable;
                return false;
            }
            var file = new ImportFile("people.csv", () => new MemoryStream(_bytes.GetBuffer(), 0, (int)_bytes.Length, writable: false));
            var format = new PeopleCsvFormat();
            if (format.Claim([file]).Count == 0)
            {
                rows.Unreadable = new Unreadable(1, InteractionFields.Line,
                    "has no header with the column id and at least two of the fields of a profile");
                return false;
            }
            _rows = format.Open([file], new ImportContext(new ImportOptions(), file.Name, nowMs, cancellation));
        }
        return await _rows.ReadAsync(rows, nowMs, cancellation);
    }

    public void Dispose()
    {
        (_rows as IDisposable)?.Dispose();
        _bytes.Dispose();
    }

    private async ValueTask<Unreadable?> WhyUnreadableAsync(CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await stream.ReadAsync(buffer, cancellation) is > 0 and var count)
            {
                if (_bytes.Length + count > MaxBytes) return new Unreadable(1, InteractionFields.Line,
                    $"is larger than {MaxBytes} bytes")
                { IsTooLarge = true };
                _bytes.Write(buffer, 0, count);
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            return new Unreadable(1, InteractionFields.Line, failure.Message) { Cause = failure };
        }
        return _bytes.Length == 0 ? new Unreadable(1, InteractionFields.Line, "is empty") { IsEmpty = true } : null;
    }
}

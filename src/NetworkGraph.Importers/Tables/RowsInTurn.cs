using System.Diagnostics.CodeAnalysis;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Tables;

/// <summary>
/// Several files, one after the other. One that could not be parsed past a fault costs itself; of a single file that is the outcome.
/// </summary>
internal sealed class RowsInTurn(IReadOnlyList<(string File, Func<IRowSource> Open)> files, ImportReport report) : IRowSource, IDisposable
{
    private IRowSource? _current;
    private int _next;
    private int _rejected;
    private long _bytesBefore;

    public long BytesRead => _bytesBefore + (_current?.BytesRead ?? 0);

    public async ValueTask<bool> ReadAsync(RowBatch rows, long nowMs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        while (!rows.IsFull)
        {
            if (_current is null && _next == files.Count) return false;
            if (_current is null && !TryOpen(rows)) continue;
            _rejected = rows.Rejected.Count;
            var isMore = await _current.ReadAsync(rows, nowMs, cancellation);
            if (files.Count > 1) rows.NameFile(_rejected, files[_next - 1].File);
            if (isMore) return true;
            if (_current is CsvRows csv)
                foreach (var note in csv.Notes) report.Guess(note);
            if (rows.Unreadable is { } broken)
            {
                if (files.Count == 1) return false;
                rows.Reject(new RejectedLine(broken.Line, null, broken.Field, broken.Reason) { File = files[_next - 1].File });
                rows.Unreadable = null;
            }
            Close();
        }
        return _current is not null || _next < files.Count;
    }

    public void Dispose() => Close();

    /// <summary>Opens the next file; where it cannot be, that is the outcome of a single file, and a rejected line among several.</summary>
    [MemberNotNullWhen(true, nameof(_current))]
    private bool TryOpen(RowBatch rows)
    {
        var (file, open) = files[_next++];
        try
        {
            _current = open();
            return true;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            if (files.Count == 1) rows.Unreadable = new Unreadable(1, InteractionFields.Line, broken.Message) { Cause = broken };
            else rows.Reject(new RejectedLine(1, null, InteractionFields.Line, broken.Message) { File = file });
            return false;
        }
    }

    private void Close()
    {
        _bytesBefore += _current?.BytesRead ?? 0;
        (_current as IDisposable)?.Dispose();
        _current = null;
    }
}

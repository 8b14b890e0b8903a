using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>
/// Rows as they are read, each looked at once, whatever becomes of it afterwards: for the summary, and for what a source says besides
/// records, which is dealt with when all records are there.
/// </summary>
internal sealed class ReadRows(IRowSource inner, ImportSummary summary) : IRowSource, IDisposable
{
    private readonly HashSet<SamePerson> _samePeople = [];
    private readonly HashSet<CancelledMeeting> _cancelled = [];

    public long BytesRead => inner.BytesRead;

    public IReadOnlyCollection<SamePerson> SamePeople => _samePeople;

    public IReadOnlyCollection<CancelledMeeting> Cancelled => _cancelled;

    public async ValueTask<bool> ReadAsync(RowBatch rows, long nowMs, CancellationToken cancellation)
    {
        var before = rows.Records.Count;
        var isMore = await inner.ReadAsync(rows, nowMs, cancellation);
        summary.Add(rows.Records, before);
        _samePeople.UnionWith(rows.SamePeople);
        _cancelled.UnionWith(rows.Cancelled);
        rows.SamePeople.Clear();
        rows.Cancelled.Clear();
        return isMore;
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();
}

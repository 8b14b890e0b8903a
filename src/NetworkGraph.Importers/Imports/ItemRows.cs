using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Imports;

/// <summary>Items that a format yields one by one, as rows in batches. What is not pulled is not read, so memory stays bounded.</summary>
/// <param name="items">What a format reads.</param>
public sealed class ItemRows(IEnumerable<ImportItem> items) : IRowSource, IDisposable
{
    private const int UsualBytes = 256;

    private readonly IEnumerator<ImportItem> _items = items.GetEnumerator();
    private readonly HashSet<string> _recognised = new(StringComparer.Ordinal);

    /// <summary>The source counts what is read of its files.</summary>
    public long BytesRead => 0;

    public ValueTask<bool> ReadAsync(RowBatch rows, long nowMs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        while (!rows.IsFull)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_items.MoveNext()) return ValueTask.FromResult(false);
            Add(rows, _items.Current);
        }
        return ValueTask.FromResult(true);
    }

    public void Dispose() => _items.Dispose();

    /// <summary>An address that a code host gives an account stands for the account; said once an import.</summary>
    private void Recognise(string id, RowBatch rows)
    {
        if (AccountAddresses.PageOf(id) is { } page && _recognised.Add(id))
            rows.SamePeople.Add(new SamePerson(page, id, SamePerson.SameAccount));
    }

    private void Add(RowBatch rows, ImportItem item)
    {
        if (item.Record is { } record)
        {
            rows.Add(record, item.Line, UsualBytes);
            if (record is not Interaction interaction) return;
            Recognise(interaction.From, rows);
            foreach (var recipient in interaction.To) Recognise(recipient, rows);
        }
        else if (item.Rejected is { } rejected) rows.Reject(rejected);
        else if (item.SamePerson is { } hint) rows.SamePeople.Add(hint);
        else if (item.Cancelled is { } cancelled) rows.Cancelled.Add(cancelled);
    }
}

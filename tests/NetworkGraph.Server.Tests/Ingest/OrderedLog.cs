using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Tests.Ingest;

/// <summary>A log in memory that keeps ids apart as a real one does, and can be made busy or slow.</summary>
internal sealed class OrderedLog : IInteractionLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Position, string Content)> _byId = [];
    private readonly List<LogRecord> _records = [];

    /// <summary>How many appends are still answered with "try later".</summary>
    public int BusyFor { get; set; }

    /// <summary>Appends complete when this does.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public int Appends { get; private set; }

    public int LargestAppend { get; private set; }

    public string Identity => "ordered";

    public ValueTask<string> LineageAsync(long position, CancellationToken cancellation) => new("ordered");

    public long LastPosition => Records.Count;

    public IReadOnlyList<LogRecord> Records
    {
        get
        {
            lock (_lock) return [.. _records];
        }
    }

    public IEnumerable<Interaction> Interactions => Records.OfType<Interaction>();

    public async ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Appends++;
            LargestAppend = Math.Max(LargestAppend, records.Count);
            if (BusyFor > 0)
            {
                BusyFor--;
                return AppendReceipt.TryLater;
            }
        }
        await Gate.WaitAsync(cancellation);
        lock (_lock) return new AppendReceipt([.. records.Select(Append)], Overloaded: false);
    }

    public IAsyncEnumerable<RecordBatch> ReadAsync(long afterPosition, CancellationToken cancellation) => throw new NotSupportedException();

    public IAsyncEnumerable<RecordBatch> FollowAsync(long afterPosition, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<PlacedRecord>> FindAsync(string id, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<LogRecord[]> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<long> EraseAsync(Erasure erasure, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<SuppressedPerson>> SuppressedAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<int> LiftAsync(string id, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private AppendResult Append(LogRecord record)
    {
        if (record is Interaction interaction)
        {
            var content =
                $"{interaction.AtMs} {interaction.From} {string.Join(' ', interaction.To)} {interaction.Kind} {interaction.Venue}";
            if (_byId.TryGetValue(interaction.Id, out var known))
                return new AppendResult(known.Content == content ? AppendOutcome.Duplicate : AppendOutcome.Conflict, known.Position);
            _byId[interaction.Id] = (_records.Count + 1, content);
        }
        _records.Add(record);
        return new AppendResult(AppendOutcome.Accepted, _records.Count);
    }
}

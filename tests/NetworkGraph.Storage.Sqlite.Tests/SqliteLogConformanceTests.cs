using NetworkGraph.Conformance.Log;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Sqlite.Tests;

public sealed class SqliteLogConformanceTests : InteractionLogConformance
{
    private readonly TestFolder _folder = new();

    protected override async Task<IInteractionLog> OpenAsync(int? maxQueuedRecords = null)
    {
        var options = new SqliteLogOptions { Folder = _folder.Path, RecentRecords = 200, CachedBatches = 4 };
        return await SqliteLog.OpenAsync(maxQueuedRecords is { } most ? options with { MaxQueuedRecords = most } : options, Now);
    }

    protected override ValueTask CleanUpAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

using NetworkGraph.Conformance.Log;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Postgres.Tests;

public sealed class PostgresLogConformanceTests : InteractionLogConformance
{
    private readonly string _schema = TestPostgres.NewSchema();

    protected override async Task<IInteractionLog> OpenAsync(int? maxQueuedRecords = null)
    {
        var options = new PostgresLogOptions
        {
            ConnectionString = await TestPostgres.ConnectionStringAsync(),
            Schema = _schema,
            RecentRecords = 200,
            ReadConnections = 4
        };
        return await PostgresLog.OpenAsync(maxQueuedRecords is { } most ? options with { MaxQueuedRecords = most } : options, Now);
    }

    protected override async ValueTask CleanUpAsync() => await TestPostgres.DropAsync(_schema);
}

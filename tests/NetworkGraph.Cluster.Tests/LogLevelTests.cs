using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Cluster;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Cluster.Tests;

/// <summary>What goes on inside the cluster is no news to an operator, least of all a line for each person asked about.</summary>
public sealed class LogLevelTests
{
    [Theory]
    [InlineData(false, "Orleans.Runtime.Catalog")]
    [InlineData(false, "Polly")]
    [InlineData(true, "Orleans.Runtime.GrainDirectory")]
    [InlineData(true, "Polly")]
    public void Orleans_logs_from_warnings_on(bool inCluster, string category)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddSilo(new ServerOptions { Log = "postgres", Cluster = new ClusterSettings { Enabled = inCluster } });
        using var services = builder.Services.BuildServiceProvider();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
        logger.IsEnabled(LogLevel.Information).ShouldBeFalse();
        logger.IsEnabled(LogLevel.Warning).ShouldBeTrue();
    }

    [Theory]
    [InlineData(false, "Orleans.Runtime.CallbackData")]
    [InlineData(true, "Orleans.Runtime.Messaging.Connection")]
    public void What_prints_messages_and_with_them_ids_logs_nothing(bool inCluster, string category)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddSilo(new ServerOptions { Log = "postgres", Cluster = new ClusterSettings { Enabled = inCluster } });
        using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(LogLevel.Critical).ShouldBeFalse();
    }
}

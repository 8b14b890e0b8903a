using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetworkGraph.Server.Options;

namespace NetworkGraph.Cluster.Tests;

/// <summary>What goes on inside the cluster is no news to an operator, least of all a line for each person asked about.</summary>
public sealed class LogLevelTests
{
    [Theory]
    [InlineData(ClusterRole.Silo, "Orleans.Runtime.Catalog")]
    [InlineData(ClusterRole.Silo, "Polly")]
    [InlineData(ClusterRole.Gateway, "Orleans.Messaging")]
    [InlineData(ClusterRole.Gateway, "Polly")]
    public void Only_warnings_are_told(ClusterRole role, string category)
    {
        var builder = WebApplication.CreateBuilder();
        ClusterHost.Parts(role, new ClusterOptions(), new ServerOptions { Log = "postgres" }).AddServices(builder);
        using var services = builder.Services.BuildServiceProvider();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
        logger.IsEnabled(LogLevel.Information).ShouldBeFalse();
        logger.IsEnabled(LogLevel.Warning).ShouldBeTrue();
    }
}

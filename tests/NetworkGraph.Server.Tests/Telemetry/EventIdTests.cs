using System.Reflection;
using Microsoft.Extensions.Logging;
using NetworkGraph.Server.Host;

namespace NetworkGraph.Server.Tests.Telemetry;

public class EventIdTests
{
    [Fact]
    public void Every_log_message_has_an_event_id_of_its_own()
    {
        var assemblies = typeof(ServerHost).Assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("NetworkGraph.", StringComparison.Ordinal)).Select(Assembly.Load)
            .Append(typeof(ServerHost).Assembly);
        var messages = (
            from assembly in assemblies
            from type in assembly.GetTypes()
            from method in type.GetMethods(
                BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
            let message = method.GetCustomAttribute<LoggerMessageAttribute>()
            where message is not null
            select (message.EventId, Name: $"{type.Name}.{method.Name}")).ToList();
        messages.Count.ShouldBeGreaterThan(5);
        messages.ShouldAllBe(message => message.EventId > 0);
        messages.GroupBy(message => message.EventId).Where(group => group.Count() > 1).ShouldBeEmpty();
    }
}

using System.CommandLine;
using NetworkGraph.Server;
using NetworkGraph.Server.Options;
using NetworkGraph.Server.Verbs;

namespace NetworkGraph.Cluster;

/// <summary><c>silo</c> and <c>gateway</c>: the options of <c>serve</c>, and how to take part in the cluster.</summary>
internal static class RoleVerb
{
    private static readonly Option<string?> s_cluster = new("--cluster") { Description = "The cluster's name (default networkgraph).", HelpName = "name" };

    private static readonly Option<string?> s_address = new("--address")
    {
        Description = "The address by which the other silos reach this one (default 127.0.0.1, for silos on one machine).",
        HelpName = "ip",
    };

    private static readonly Option<string?> s_siloPort = new("--silo-port") { Description = "Where silos talk to this one (default 11111).", HelpName = "port" };

    private static readonly Option<string?> s_gatewayPort = new("--gateway-port") { Description = "Where gateways talk to this silo (default 30000).", HelpName = "port" };

    public static Command Create(string name, ClusterRole role, string description)
    {
        var verb = new Command(name, description);
        foreach (var option in ServeVerb.AllOptions) verb.Options.Add(option);
        verb.Options.Add(s_cluster);
        if (role is ClusterRole.Silo)
        {
            verb.Options.Add(s_address);
            verb.Options.Add(s_siloPort);
            verb.Options.Add(s_gatewayPort);
        }
        verb.SetAction((parsed, cancellation) => RunAsync(role, parsed, cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(ClusterRole role, ParseResult parsed, CancellationToken cancellation)
    {
        var logInPostgres = KeyValuePair.Create($"{ServerOptions.Section}:{nameof(ServerOptions.Log)}", (string?)"postgres");
        var cluster = new ClusterOptions();
        var configured = await ServeVerb.ConfigureAsync(parsed, [logInPostgres, .. Given(role, parsed)], configuration =>
        {
            (cluster, var errors) = ClusterOptions.Read(configuration);
            return errors;
        });
        return configured is var (builder, server) ? await ServeVerb.RunAsync(builder, server, ClusterHost.Parts(role, cluster, server), cancellation) : ExitCodes.Usage;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Given(ClusterRole role, ParseResult parsed)
    {
        if (parsed.GetValue(s_cluster) is { } id) yield return new($"{ClusterOptions.Section}:{nameof(ClusterOptions.Id)}", id);
        if (role is not ClusterRole.Silo) yield break;
        if (parsed.GetValue(s_address) is { } address) yield return new($"{ClusterOptions.Section}:{nameof(ClusterOptions.Address)}", address);
        if (parsed.GetValue(s_siloPort) is { } siloPort) yield return new($"{ClusterOptions.Section}:{nameof(ClusterOptions.SiloPort)}", siloPort);
        if (parsed.GetValue(s_gatewayPort) is { } gatewayPort) yield return new($"{ClusterOptions.Section}:{nameof(ClusterOptions.GatewayPort)}", gatewayPort);
    }
}

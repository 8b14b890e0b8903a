using System.CommandLine;
using NetworkGraph.Cluster;
using NetworkGraph.Server.Verbs;

// The two roles of a process of the cluster; both serve the same API.
var cluster = new RootCommand("NetworkGraph on Orleans: people as grains over silos, the log in PostgreSQL.")
{
    RoleVerb.Create("silo", ClusterRole.Silo, "Hold people, and serve HTTP and gRPC."),
    RoleVerb.Create("gateway", ClusterRole.Gateway, "Serve HTTP and gRPC, and ask the silos for people."),
};

return await CommandLine.RunAsync(cluster, args);

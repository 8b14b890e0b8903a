using System.CommandLine;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Verbs;

// The verbs of the executable; each is described in its own file under Verbs. Without a verb it serves.
var networkGraph = new RootCommand("NetworkGraph: social-graph analytics for professional relationships.")
{
    ServeVerb.Create(),
    ExportVerb.Create(),
    PeopleVerb.Create(),
    DemoVerb.Create(),
    ImportVerb.Create(),
    ImportsVerb.Create(),
    KeysVerb.Create(),
    McpVerb.Create(),
    DigestVerb.Create(),
};
foreach (var verb in BackupVerb.Create()) networkGraph.Add(verb);
ServeVerb.MakeDefaultOf(networkGraph);

return OpenFilesLimit.WhyTooLow() is { } tooLow ? CommandLine.Refuse(tooLow) : await CommandLine.RunAsync(networkGraph, args);

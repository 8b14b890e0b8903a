using System.CommandLine;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Verbs;

var networkGraph = new RootCommand("NetworkGraph: social-graph analytics for professional relationships.")
{
    ServeVerb.Create(), // HTTP and gRPC over one log; the default
    DemoVerb.Create(), // the same over a made-up network
    ImportVerb.Create(), // files into a log
    ImportsVerb.Create(), // what was imported, and undoing it
    PeopleVerb.Create(), // who is who
    ExportVerb.Create(), // a log into files
    KeysVerb.Create(), // who may ask for what
    BackupVerb.CreateBackup(),
    BackupVerb.CreateRestore(),
    BackupVerb.CreateVerify(),
    McpVerb.Create(), // an assistant over standard input and output
    DigestVerb.Create(), // a person's week
};
ServeVerb.MakeDefaultOf(networkGraph);

return OpenFilesLimit.WhyTooLow() is { } tooLow ? CommandLine.Refuse(tooLow) : await CommandLine.RunAsync(networkGraph, args);

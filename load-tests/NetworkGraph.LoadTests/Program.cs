using System.CommandLine;
using NetworkGraph.LoadTests.Accuracy;
using NetworkGraph.LoadTests.Cluster;
using NetworkGraph.LoadTests.Crash;
using NetworkGraph.LoadTests.Damage;
using NetworkGraph.LoadTests.Erasure;
using NetworkGraph.LoadTests.Fuzz;
using NetworkGraph.LoadTests.Grpc;
using NetworkGraph.LoadTests.Habits;
using NetworkGraph.LoadTests.Http;
using NetworkGraph.LoadTests.Identity;
using NetworkGraph.LoadTests.Imports;
using NetworkGraph.LoadTests.Kernels;
using NetworkGraph.LoadTests.Ldbc;
using NetworkGraph.LoadTests.Log;
using NetworkGraph.LoadTests.Overload;
using NetworkGraph.LoadTests.Parsing;
using NetworkGraph.LoadTests.Peers;
using NetworkGraph.LoadTests.People;
using NetworkGraph.LoadTests.Simulation;
using NetworkGraph.LoadTests.Startup;

// A table of contents: what can be measured, each in a folder of its own. --help of each says what it measures.
var root = new RootCommand("Load, benchmarks, accuracy and crash tests of NetworkGraph.")
{
    HttpCommand.Create(),
    GrpcCommand.Create(),
    KernelBenchmarks.Command(),
    GraphBenchmarks.Command(),
    ParsingBenchmarks.Command(),
    SearchBenchmarks.Command(),
    IdentityCommand.Command(),
    PeerComparison.Command(),
    Structure(),
    AccuracyCommand.Create(),
    PriorFits.Create(),
    FollowUpCoverage.Create(),
    LearningCost.Create(),
    Ldbc(),
    CrashCommand.Create(),
    ClusterCommand.Rounds(),
    ClusterCommand.Figures(),
    StartupCommand.Create(),
    ImportFuzz.Create(),
    SimulateCommand.Create(),
    DamageCommand.Create(),
    ErasureRaces.Create(),
    FuzzCommand.Create(),
    OverloadCommand.Create(),
    ReaderBenchmarks.Create(),
    ReadingAccuracy.Create(),
};
foreach (var command in LogCommands.All().Concat(HabitCommands.All())) root.Subcommands.Add(command);
return await root.Parse(args).InvokeAsync();

static Command Structure()
{
    var people = new Option<int>("--people") { Description = "People in the generated network.", DefaultValueFactory = _ => 100_000 };
    var seed = new Option<ulong>("--seed") { Description = "Same seed, same network.", DefaultValueFactory = _ => 1 };
    var threads = new Option<int>("--threads") { Description = "0 for all processors.", DefaultValueFactory = _ => 0 };
    var repetitions = new Option<int>("--repetitions")
    { Description = "Of each kernel; the shortest time counts.", DefaultValueFactory = _ => 3 };
    var command = new Command(
        "structure",
        "Times the structural kernels (constraint, effective size, bridges, communities, PageRank, components) on a generated network, "
            + "with a hash of each result.")
    { people, seed, threads, repetitions };
    command.SetAction((parsed, cancellation) => Task.Run(
        () => StructureBenchmarks.Run(
            parsed.GetValue(people), parsed.GetValue(seed), parsed.GetValue(threads), parsed.GetValue(repetitions), TimeProvider.System,
                Console.Out, cancellation),
        cancellation));
    return command;
}

static Command Ldbc()
{
    var folder = new Argument<string>("folder") { Description = "Of the data set." };
    var query = new Argument<string>("query") { Description = "13 (length of the shortest path) or 14 (all weighted shortest paths)." };
    var parameters = new Argument<string?>("parameters")
    { Description = "A file of pairs, or all (default: the data set's own).", Arity = ArgumentArity.ZeroOrOne };
    var output = new Argument<string?>("output")
    { Description = "A file for the answers (default: the standard output).", Arity = ArgumentArity.ZeroOrOne };
    var command = new Command(
        "ldbc", "Answers the path queries of the LDBC Social Network Benchmark (interactive 13 and 14) and shows their latencies.")
    { folder, query, parameters, output };
    command.SetAction((parsed, cancellation) =>
    {
        string?[] given = [parsed.GetValue(folder), parsed.GetValue(query), parsed.GetValue(parameters), parsed.GetValue(output)];
        return Task.Run(
            () => LdbcCommand.Run([.. given.OfType<string>()], Console.Out, Console.Error, TimeProvider.System, cancellation),
                cancellation);
    });
    return command;
}

using System.CommandLine;
using NetworkGraph.LoadTests.Kernels;
using NetworkGraph.LoadTests.Log;
using NetworkGraph.LoadTests.Peers;

var root = new RootCommand("Load, benchmarks and crash tests of NetworkGraph.") { KernelBenchmarks.Command(), PeerComparison.Command() };
foreach (var command in LogCommands.All()) root.Subcommands.Add(command);
return await root.Parse(args).InvokeAsync();

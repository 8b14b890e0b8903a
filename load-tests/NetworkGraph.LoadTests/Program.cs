using System.CommandLine;
using NetworkGraph.LoadTests.Kernels;
using NetworkGraph.LoadTests.Log;

var root = new RootCommand("Load, benchmarks and crash tests of NetworkGraph.") { KernelBenchmarks.Command() };
foreach (var command in LogCommands.All()) root.Subcommands.Add(command);
return await root.Parse(args).InvokeAsync();

using System.CommandLine;
using NetworkGraph.LoadTests.Kernels;

var people = new Option<int>("--people") { Description = "People in the synthetic network.", DefaultValueFactory = _ => 1_000_000 };
var seed = new Option<int>("--seed") { Description = "Same seed, same network.", DefaultValueFactory = _ => 1 };
var kernels = new Command("kernels", "Times snapshots and kernels on a synthetic network.") { people, seed };
kernels.SetAction(arguments => KernelBenchmarks.Run(arguments.GetValue(people), arguments.GetValue(seed), Console.Out));
return new RootCommand("Load tests and benchmarks of NetworkGraph.") { kernels }.Parse(args).Invoke();

using NetworkGraph.LoadTests.Kernels;

namespace NetworkGraph.LoadTests.Tests;

public class StructureBenchmarksTests
{
    [Fact]
    public void Every_kernel_has_a_line_whose_hash_does_not_depend_on_the_threads()
    {
        var one = Hashes(threads: 1);
        one.Length.ShouldBe(7);
        Hashes(threads: 3).ShouldBe(one);
    }

    private static string[] Hashes(int threads)
    {
        using var output = new StringWriter();
        StructureBenchmarks.Run(3_000, 7, threads, 1, TimeProvider.System, output, RealData.Stop);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(
            line => line[..28] + line.Split("hash ")[1]).ToArray();
    }
}

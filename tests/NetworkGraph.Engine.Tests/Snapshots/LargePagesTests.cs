using NetworkGraph.Engine.Snapshots;
using Shouldly;
using Xunit;

namespace NetworkGraph.Engine.Tests.Snapshots;

public class LargePagesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(300_001)]
    [InlineData(3_000_000)]
    public void An_array_holds_the_same_in_large_pages(int length)
    {
        var array = new int[length];
        LargePages.Prefer(array);
        for (var i = 0; i < length; i++) array[i] = i * 7;

        LargePages.Gather(array);

        array.ShouldBe(Enumerable.Range(0, length).Select(i => i * 7));
    }
}

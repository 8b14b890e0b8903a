namespace NetworkGraph.Engine.Tests;

public class PlaceTests
{
    [Fact]
    public void Runs() => true.ShouldBeTrue();
}

namespace NetworkGraph.Tidy.Tests;

public class PlaceTests
{
    [Fact]
    public void Runs() => true.ShouldBeTrue();
}

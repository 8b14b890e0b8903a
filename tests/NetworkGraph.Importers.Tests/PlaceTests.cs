namespace NetworkGraph.Importers.Tests;

public class PlaceTests
{
    [Fact]
    public void Runs() => true.ShouldBeTrue();
}

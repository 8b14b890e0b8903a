namespace NetworkGraph.Sqlite.Tests;

public class PlaceTests
{
    [Fact]
    public void Runs() => true.ShouldBeTrue();
}

using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>Which way an event went, seen from one of the two people. A mutual one went both ways.</summary>
public static class DyadSides
{
    public static bool IsOut(this in DyadEvent happened, bool selfIsLow) =>
        happened.Direction == DyadDirection.Both || happened.Direction == (selfIsLow ? DyadDirection.LowToHigh : DyadDirection.HighToLow);

    public static bool IsIn(this in DyadEvent happened, bool selfIsLow) => happened.IsOut(!selfIsLow);
}

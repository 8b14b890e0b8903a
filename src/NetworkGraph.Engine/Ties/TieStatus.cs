namespace NetworkGraph.Engine.Ties;

/// <summary>How a dyad stands at a date. First match wins, in the order the definitions give.</summary>
public enum TieStatus : byte
{
    New = 0,
    Burnt = 1,
    Nominal = 2,
    OneSided = 3,
    Dormant = 4,
    Lapsed = 5,
    Cooling = 6,
    Active = 7,
}

namespace NetworkGraph.Events.Interactions;

/// <summary>In which part of life it happened. The numbers are stored: never renumber, only add.</summary>
public enum Setting : byte
{
    Professional = 0,
    Social = 1,
    Family = 2,
    Chance = 3,
}

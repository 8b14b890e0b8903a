namespace NetworkGraph.Events.Interactions;

/// <summary>What moved from the one who acted. The numbers are stored: never renumber, only add.</summary>
public enum Exchange : byte
{
    None = 0,
    Give = 1,
    Ask = 2,
    Advice = 3,
    UnsolicitedAdvice = 4,
    Pitch = 5,
    Promotion = 6,
    Thanks = 7,
    Gossip = 8,
    Complaint = 9,
}

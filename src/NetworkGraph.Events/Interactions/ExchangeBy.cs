namespace NetworkGraph.Events.Interactions;

/// <summary>Who says what moved. The numbers are stored: never renumber, only add.</summary>
public enum ExchangeBy : byte
{
    /// <summary>The sender of the interaction said so.</summary>
    Sender = 0,

    /// <summary>A program read it out of text that was not kept. Counted apart, and raises no warning by itself.</summary>
    Reader = 1,
}

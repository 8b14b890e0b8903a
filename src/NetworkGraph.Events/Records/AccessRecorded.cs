namespace NetworkGraph.Events.Records;

/// <summary>
/// Somebody asked a question whose answer named a person or used their ties: once a day for each caller and operation. Says nothing of
/// the other people in the question or the answer.
/// </summary>
public sealed class AccessRecorded : LogRecord
{
    /// <summary>When it was asked first that day, Unix ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>Who was named.</summary>
    public required string Person { get; init; }

    /// <summary>What the caller may do: team, analyst, admin or assistant.</summary>
    public required string Role { get; init; }

    /// <summary>What the caller's key is called; empty where no keys are configured.</summary>
    public required string KeyName { get; init; }

    /// <summary>Id of the operation.</summary>
    public required string Operation { get; init; }

    public override bool Names(string person) => Person == person;
}

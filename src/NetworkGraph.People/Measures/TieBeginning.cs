namespace NetworkGraph.People.Measures;

/// <summary>How a tie began: what came with, or just before, the first contact.</summary>
[GenerateSerializer, Immutable]
public sealed record TieBeginning
{
    /// <summary>
    /// <c>introducedBy</c>: somebody who knew both brought them together in the 14 days before; <c>venue</c>: they first met there;
    /// <c>self</c>: one of the two turned to the other; <c>unknown</c>: none of these can be seen.
    /// </summary>
    [Id(0)] public required string How { get; init; }

    /// <summary>Id of who introduced them, or, of <c>self</c>, of who turned to the other; null where that is not known.</summary>
    [Id(1)] public required string? Person { get; init; }

    /// <summary>Name of the venue; null where it is none.</summary>
    [Id(2)] public required string? Venue { get; init; }

    /// <summary>When they were brought together; else the first contact.</summary>
    [Id(3)] public required DateTimeOffset At { get; init; }

    /// <summary>The chance that they came to know each other through it, in [0,1]; null where no one introduced them.</summary>
    [Id(4)] public required double? Probability { get; init; }

    /// <summary>Wire name of the kind of interaction it rests on.</summary>
    [Id(5)] public required string Kind { get; init; }

    /// <summary>How many people were addressed by it.</summary>
    [Id(6)] public required int Recipients { get; init; }

    /// <summary>Whether the person whose tie it is said so; else it is what can be seen of the interactions.</summary>
    [Id(7)] public bool Stated { get; init; }
}

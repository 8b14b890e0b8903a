namespace NetworkGraph.Demo;

/// <summary>What synthetic network to generate. Equal options give equal data, byte for byte.</summary>
public sealed record DemoOptions
{
    public const int MinPeople = 100;
    public const int MaxPeople = 100_000;
    public const int MinYears = 2;
    public const int MaxYears = 5;

    /// <summary>How many people, <see cref="MinPeople"/> to <see cref="MaxPeople"/>. Cost and volume grow linearly with it.</summary>
    public int People { get; init; } = 2000;

    /// <summary>Where the randomness starts.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The moment the network ends at; nothing happens after it.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>How long the network has lived by then; at least two, since a tie is dormant after a year of silence.</summary>
    public int Years { get; init; } = 3;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(People, MinPeople);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(People, MaxPeople);
        ArgumentOutOfRangeException.ThrowIfLessThan(Years, MinYears);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Years, MaxYears);
        ArgumentOutOfRangeException.ThrowIfLessThan(Until.Year, 1910, nameof(Until));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Until.Year, 9990, nameof(Until));
    }
}

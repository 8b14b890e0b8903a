using System.Globalization;

namespace NetworkGraph.LoadTests.Simulation;

/// <summary>What goes wrong, and how often; nothing any more once it is quiet.</summary>
internal sealed class SimulatedFaults(Random random)
{
    private int _names;

    /// <summary>From here on everything works: whatever is asked must be answered.</summary>
    public bool IsQuiet { get; set; }

    public bool IsFull() => !IsQuiet && random.Next(40) == 0;

    public bool IsBusy() => !IsQuiet && random.Next(40) == 0;

    /// <summary>For how many steps of others a flush lasts.</summary>
    public int SlowSteps() => !IsQuiet && random.Next(10) == 0 ? random.Next(40) : random.Next(3);

    public string NewName() => string.Create(CultureInfo.InvariantCulture, $"name-{++_names}-{random.Next()}");
}

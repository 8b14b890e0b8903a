using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Imports;

/// <summary>The phases of an import as users read them.</summary>
public static class ImportNames
{
    private static readonly string[] s_phases = ["started", "finished", "stopped", "undoing", "undone"];

    public static string Of(BatchPhase phase) => s_phases[(int)phase];
}

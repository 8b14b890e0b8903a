using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Imports;

/// <summary>How far an import is, in words.</summary>
public static class ImportNames
{
    /// <summary>It began, nobody is at it any more, and how it ended was never recorded: the process stopped.</summary>
    public const string Interrupted = "interrupted";

    private static readonly string[] s_phases = ["running", "done", "cancelled", "undoing", "undone", "failed"];

    public static IReadOnlyList<string> States { get; } = [.. s_phases, Interrupted];

    /// <param name="phase">The last that the log says.</param>
    /// <param name="isRunning">Somebody is at it.</param>
    public static string Of(BatchPhase phase, bool isRunning) =>
        phase is BatchPhase.Started && !isRunning ? Interrupted : s_phases[(int)phase];
}

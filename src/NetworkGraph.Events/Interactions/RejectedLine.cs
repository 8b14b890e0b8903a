namespace NetworkGraph.Events.Interactions;

/// <summary>One line of a body or file that was not taken.</summary>
/// <param name="Line">From 1: the physical line of NDJSON and CSV (a header is line 1), the element of an array.</param>
/// <param name="Id">The id it came with, as far as it could be read.</param>
/// <param name="Field">The field at fault; <see cref="InteractionFields.Line"/> where it is the line as a whole.</param>
/// <param name="Reason">What is wrong with the field.</param>
public readonly record struct RejectedLine(long Line, string? Id, string Field, string Reason)
{
    /// <summary>The file within a folder or archive; null where there is one file.</summary>
    public string? File { get; init; }
}

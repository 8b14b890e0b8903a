namespace NetworkGraph.Events.Records;

/// <summary>The names of reasons and states of reports, as users write and read them.</summary>
public static class BoundaryNames
{
    private static readonly string[] s_reasons = [
        "other", "harassment", "unwanted-contact", "spam", "fraud", "impersonation", "discrimination"];
    private static readonly string[] s_states = ["open", "reviewing", "upheld", "dismissed"];

    public static IReadOnlyList<string> Reasons => s_reasons;

    public static IReadOnlyList<string> States => s_states;

    public static string Of(ReportReason reason) => s_reasons[(int)reason];

    public static string Of(ReportState state) => s_states[(int)state];

    public static bool TryParse(string name, out ReportReason reason)
    {
        var number = Array.IndexOf(s_reasons, name);
        reason = (ReportReason)Math.Max(0, number);
        return number >= 0;
    }

    public static bool TryParse(string name, out ReportState state)
    {
        var number = Array.IndexOf(s_states, name);
        state = (ReportState)Math.Max(0, number);
        return number >= 0;
    }
}

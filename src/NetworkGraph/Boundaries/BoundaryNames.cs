namespace NetworkGraph.Boundaries;

/// <summary>The names of scopes, and of reasons and states of reports, as users write and read them.</summary>
public static class BoundaryNames
{
    private static readonly string[] s_reasons = ["other", "harassment", "unwanted-contact", "spam", "fraud", "impersonation", "discrimination"];
    private static readonly string[] s_states = ["open", "reviewing", "upheld", "dismissed"];
    private static readonly (Scopes Scope, string Name)[] s_scopes =
        [(Scopes.Ingest, "ingest"), (Scopes.Analyst, "analyst"), (Scopes.Safety, "safety"), (Scopes.Admin, "admin")];

    public static IReadOnlyList<string> Reasons => s_reasons;

    public static IReadOnlyList<string> States => s_states;

    public static string Of(ReportReason reason) => s_reasons[(int)reason];

    public static string Of(ReportState state) => s_states[(int)state];

    /// <summary>The scopes by name, in a fixed order.</summary>
    public static IEnumerable<string> Of(Scopes scopes) => s_scopes.Where(s => (scopes & s.Scope) != 0).Select(s => s.Name);

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

    /// <summary>One scope; not that of a person, which is no fixed name.</summary>
    public static bool TryParse(string name, out Scopes scope)
    {
        scope = Array.Find(s_scopes, s => s.Name == name).Scope;
        return scope != Scopes.None;
    }
}

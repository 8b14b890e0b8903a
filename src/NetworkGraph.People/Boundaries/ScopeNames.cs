namespace NetworkGraph.People.Boundaries;

/// <summary>The names of scopes as users write and read them.</summary>
public static class ScopeNames
{
    private static readonly (Scopes Scope, string Name)[] s_scopes =
        [(Scopes.Ingest, "ingest"), (Scopes.Analyst, "analyst"), (Scopes.Safety, "safety"), (Scopes.Admin, "admin")];

    /// <summary>The scopes by name, in a fixed order.</summary>
    public static IEnumerable<string> Of(Scopes scopes) => s_scopes.Where(s => (scopes & s.Scope) != 0).Select(s => s.Name);

    /// <summary>One scope; not that of a person, which has no fixed name.</summary>
    public static bool TryParse(string name, out Scopes scope)
    {
        scope = Array.Find(s_scopes, s => s.Name == name).Scope;
        return scope != Scopes.None;
    }
}

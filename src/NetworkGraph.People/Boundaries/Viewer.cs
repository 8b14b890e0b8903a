namespace NetworkGraph.People.Boundaries;

/// <summary>What a key may be used for, besides being one person's own.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>Send interactions and profiles.</summary>
    Ingest = 1 << 0,

    /// <summary>Read people and the network; nothing that a person keeps to themselves.</summary>
    Analyst = 1 << 1,

    /// <summary>Read reports, blocks and warnings from both sides, and change what becomes of reports.</summary>
    Safety = 1 << 2,

    /// <summary>Everything but what is only for safety. Sees each person's side as that person does.</summary>
    Admin = 1 << 3,
}

/// <summary>
/// Who looks at an answer. What people keep to themselves is a block they placed and the persistence of others that they
/// do not want: a viewer of one person's side of the network sees that person's, and only the safety role of
/// what others keep from that person.
/// </summary>
/// <param name="Scopes">What they may do.</param>
/// <param name="Person">The id of the one person they are; null for none.</param>
[GenerateSerializer, Immutable]
public sealed record Viewer(Scopes Scopes, string? Person = null)
{
    /// <summary>Everyone, where no keys are configured: an application that shows each person their own side.</summary>
    public static readonly Viewer Admin = new(Scopes.Admin) { MayDoAll = true };

    /// <summary>No keys are configured: no one is asked what they may do.</summary>
    [Id(0)] public bool MayDoAll { get; private init; }

    /// <summary>The public id of the key they sent; null where no keys are configured. What it writes is marked with it.</summary>
    [Id(1)] public string? KeyId { get; init; }

    /// <summary>
    /// Learns of conflicts with what others wrote, and of imports of others; anyone else learns of no interaction that they did not send.
    /// </summary>
    public bool MaySeeAllInteractions => MayDoAll || (Scopes & Scopes.Admin) != 0;

    /// <summary>
    /// Sees in <paramref name="person"/>'s answers what that person keeps to themselves: their blocks (a tie's status
    /// <c>blocked</c>), and unwanted persistence towards them.
    /// </summary>
    public bool SeesSideOf(string person) => (Scopes & (Scopes.Admin | Scopes.Safety)) != 0 || (Person is not null && Person == person);

    /// <summary>May report in the name of <paramref name="reporter"/>: that person, and those who act for others.</summary>
    public bool MayReportAs(string reporter) => SeesSideOf(reporter);

    /// <summary>Sees in anybody's answers also what others keep from them: that they are blocked, that they persist unwanted.</summary>
    public bool SeesBothSides => (Scopes & Scopes.Safety) != 0;
}

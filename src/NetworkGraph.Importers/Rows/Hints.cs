namespace NetworkGraph.Importers.Rows;

/// <summary>Two canonical ids of one person.</summary>
/// <param name="Id">The id that profiles of this person stand under.</param>
/// <param name="Other">A further id.</param>
/// <param name="Evidence">Where that is seen: "same card" or "same account".</param>
public readonly record struct SamePerson(string Id, string Other, string Evidence)
{
    public const string SameCard = "same card";
    public const string SameAccount = "same account";
}

/// <summary>A meeting, or all meetings of a series, that a later calendar message takes back.</summary>
/// <param name="Id">The interaction's id; of a series, what its ids begin with.</param>
/// <param name="IsSeries">Whether all of a series is meant.</param>
public readonly record struct CancelledMeeting(string Id, bool IsSeries)
{
    /// <summary>Of a series: what its interactions have as their series; their ids are hashes where the series has a long name.</summary>
    public string? Series { get; init; }
}

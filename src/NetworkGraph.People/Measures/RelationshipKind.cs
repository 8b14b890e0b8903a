namespace NetworkGraph.People.Measures;

/// <summary>What kind of relationship a dyad is; both people of it see the same.</summary>
public enum RelationshipKind : byte
{
    Genuine = 0,
    OneSided = 1,
    Transactional = 2,
    Superficial = 3,
    Social = 4,
    Family = 5,
    Mentorship = 6,
    Nominal = 7,
}

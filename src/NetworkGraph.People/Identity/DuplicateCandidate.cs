namespace NetworkGraph.People.Identity;

/// <summary>An id with the names it was seen under.</summary>
public sealed record DuplicateCandidate(string Id, IReadOnlyList<string> Names)
{
    /// <summary>A full name that stands on fewer of an address's messages than this is somebody else's slip.</summary>
    private const double MinShare = 0.05;

    /// <summary>
    /// An id with the names it was seen under, and how often with each: those that were hardly ever seen are passed over.
    /// </summary>
    public static DuplicateCandidate Seen(string id, IReadOnlyCollection<(string Name, int Times)> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var least = MinShare * names.Sum(static name => name.Times);
        return new DuplicateCandidate(
            id, [.. names.Where(name => name.Times >= least || !name.Name.Trim().Contains(' ')).Select(static name => name.Name).Order(
            StringComparer.Ordinal)]);
    }
}

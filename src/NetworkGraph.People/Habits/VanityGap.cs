namespace NetworkGraph.People.Habits;

/// <summary>How many connections there are, and how many of those are people one could call.</summary>
/// <param name="Connections">Ties in either direction.</param>
/// <param name="CouldCall">Of those balanced, strong, and met in a small circle: see <see cref="VanityGapRule"/>.</param>
[GenerateSerializer, Immutable]
public sealed record VanityGap(long Connections, long CouldCall)
{
    /// <summary>Connections less the people one could call.</summary>
    public long Gap => Connections - CouldCall;
}

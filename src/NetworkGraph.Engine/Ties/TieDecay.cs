namespace NetworkGraph.Engine.Ties;

/// <summary>
/// Exponential tie decay with half-life H. All strengths of a snapshot are stored decayed to one landmark date; at a
/// date t they are all multiplied by the same factor 2^(-(t - landmark)/H). So a snapshot needs no renewal as time
/// passes, and sums of strengths do not depend on the order of events.
/// Source: Ahmad, Porter, Beguerisse-Díaz, "Tie-decay networks in continuous time", 2021; the landmark is forward
/// decay (Cormode et al. 2009).
/// </summary>
/// <param name="LandmarkMs">Unix ms.</param>
/// <param name="HalfLifeDays">Days after which half of a strength is left; above 0.</param>
public readonly record struct TieDecay(long LandmarkMs, double HalfLifeDays)
{
    public const double DayMs = 86_400_000;

    // Strengths then stay within a factor of 1,024 of their value, and the landmark moves on once in some years.
    private const int HalfLivesBetweenLandmarks = 10;

    /// <summary>
    /// The decay for a network seen at <paramref name="dateMs"/> (Unix ms): its landmark is the last multiple of ten half-lives
    /// from 1970 on that is not after it. A function of the date alone, so that stored strengths are the same to the last bit
    /// whenever and wherever they are computed.
    /// </summary>
    public static TieDecay At(long dateMs, double halfLifeDays)
    {
        var step = (long)Math.Max(1, HalfLivesBetweenLandmarks * halfLifeDays * DayMs);
        return new TieDecay(dateMs - ((dateMs % step) + step) % step, halfLifeDays);
    }

    /// <summary>What is left at <paramref name="atMs"/> of a strength of 1 at the landmark (above 1 before it).</summary>
    public double Factor(long atMs) => Math.Pow(2, (LandmarkMs - atMs) / (HalfLifeDays * DayMs));

    /// <summary>What a weight of 1 at <paramref name="eventMs"/> is worth at the landmark.</summary>
    public double AtLandmark(long eventMs) => Math.Pow(2, (eventMs - LandmarkMs) / (HalfLifeDays * DayMs));
}

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
/// <param name="HopHalfLifeDays">The same of the strengths that introductions are passed over; 0 where it is the same.</param>
public readonly record struct TieDecay(long LandmarkMs, double HalfLifeDays, double HopHalfLifeDays = 0)
{
    public const double DayMs = 86_400_000;

    // Strengths then stay within a factor of 1,024 of their value, and the landmark moves on once in some years.
    private const int HalfLivesBetweenLandmarks = 10;

    /// <summary>
    /// The decay for a network seen at <paramref name="dateMs"/> (Unix ms): its landmark is the last multiple of ten half-lives
    /// from 1970 on (of the shorter one where there are two) that is not after it. A function of the date alone, so that stored strengths
    /// are the same to the last bit whenever and wherever they are computed.
    /// </summary>
    public static TieDecay At(long dateMs, double halfLifeDays, double hopHalfLifeDays = 0)
    {
        var shorter = hopHalfLifeDays > 0 ? Math.Min(halfLifeDays, hopHalfLifeDays) : halfLifeDays;
        var step = (long)Math.Max(1, HalfLivesBetweenLandmarks * shorter * DayMs);
        return new TieDecay(dateMs - ((dateMs % step) + step) % step, halfLifeDays, hopHalfLifeDays);
    }

    /// <summary>What is left at <paramref name="atMs"/> of a strength of 1 at the landmark (above 1 before it).</summary>
    public double Factor(long atMs) => Math.Pow(2, (LandmarkMs - atMs) / (HalfLifeDays * DayMs));

    /// <summary>The decay of the strengths that introductions are passed over.</summary>
    public TieDecay OfHops => HopHalfLifeDays == 0 ? this : new TieDecay(LandmarkMs, HopHalfLifeDays);
}

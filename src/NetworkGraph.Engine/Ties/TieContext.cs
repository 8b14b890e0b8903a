namespace NetworkGraph.Engine.Ties;

/// <summary>What two people do besides their own tie, as far as it bears on whether the tie goes on. The same for both.</summary>
/// <param name="QuieterSilenceDays">Days since the last contact, with anybody, of the one of the two who has been silent longer.</param>
/// <param name="LessActive">The strength of all contacts, out and in, of the less active of the two.</param>
/// <param name="MoreActive">The same of the more active one.</param>
/// <param name="LessDegree">With how many people the one who has fewer had contacts.</param>
/// <param name="Common">With how many people both had contacts.</param>
public readonly record struct TieContext(double QuieterSilenceDays, double LessActive, double MoreActive, int LessDegree, int Common)
{
    /// <summary>Of two people of whom nothing is known but their own tie.</summary>
    public static TieContext Alone(double silenceDays, double strength) => new(silenceDays, strength, strength, 1, 0);
}

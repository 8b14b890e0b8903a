namespace NetworkGraph.Engine.Ties;

/// <summary>
/// Problem: how likely is it that a tie gone quiet comes back when one of the two writes now?
/// Method: a logistic in the logarithms of silence and of the contacts there were; falls with silence, rises with contacts.
/// Cost: O(1).
/// Source: this project's own form; after Levin, Walter and Murnighan, "Dormant ties", 2011.
/// </summary>
public static class AnswerPrior
{
    private const double Intercept = 3.0;
    private const double LogSilence = -0.9;
    private const double LogContacts = 0.35;

    /// <summary>P in (0,1) of a dyad with contacts at a date (Unix ms).</summary>
    public static double Of(in DyadFacts facts, long asOfMs)
    {
        var score = Intercept + LogSilence * Math.Log(1 + facts.SilenceDays(asOfMs)) + LogContacts * Math.Log(1 + Math.Min(facts.ContactsOut, facts.ContactsIn));
        return 1 / (1 + Math.Exp(-score));
    }
}

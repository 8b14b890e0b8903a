using System.Text.RegularExpressions;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Exchanges;

/// <summary>
/// Reads from a text what was asked, given or thanked for; the text is dropped. What speaks against a person (a pitch, gossip, a complaint,
/// advice no one asked for) is never read by machine.
/// </summary>
internal static partial class ExchangeReader
{
    private const int MaxSentences = 60;

    /// <summary>What a text is towards its recipients.</summary>
    /// <param name="Exchange">What moved; none where no rule holds.</param>
    /// <param name="IsIntroduction">It introduces its recipients to each other.</param>
    public readonly record struct Reading(Exchange Exchange, bool IsIntroduction);

    public static Reading Read(string text)
    {
        var (asks, thanks, gives, introduces) = (false, false, false, false);
        foreach (var raw in Sentences().Split(OwnWords.Of(text)).Take(MaxSentences))
        {
            var sentence = raw.Trim().Replace('’', '\'');
            if (sentence.Length is < 3 or > 600 || !ExchangeRules.MayHold(sentence)) continue;
            introduces |= ExchangeRules.IsIntroduction(sentence);
            if (ExchangeRules.IsAsk(sentence)) asks = true;
            else if (ExchangeRules.IsThanks(sentence)) thanks = true;
            else if (ExchangeRules.IsGive(sentence)) gives = true;
        }
        // Who asks mostly thanks beforehand, and who sends what was asked for mostly offers more.
        var exchange = asks ? Exchange.Ask : gives ? Exchange.Give : thanks ? Exchange.Thanks : Exchange.None;
        return new Reading(exchange, introduces && !asks);
    }

    [GeneratedRegex(@"(?<=[.!?])\s+|\n+", RegexOptions.CultureInvariant)]
    private static partial Regex Sentences();
}

using System.Buffers;
using System.Text.RegularExpressions;

namespace NetworkGraph.Importers.Exchanges;

/// <summary>
/// How people ask, thank, give and introduce, in English, German, French and Spanish. The rules are for sentences that can hardly mean
/// anything else: what they miss is no exchange, and that costs less than a wrong one.
/// </summary>
internal static partial class ExchangeRules
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const int Patience = 1000;

    /// <summary>
    /// Parts of words of which at least one stands in every sentence that a rule holds for; most sentences have none, and finding that out
    /// takes a hundredth of the time of the rules.
    /// </summary>
    private static readonly SearchValues<string> s_telling = SearchValues.Create(
    [
        "can you", "could", "can any", "can some", "would", "will you", "will any", "will some", "do you", "any chance", "any way",
            "may i", "can i", "please", "wondering", "your help", "able", "possible", "appreciate",
        "grateful", "thank", "thx", "attached", "enclosed", "here", "happy to", "i can ", "i'll ", "i will", "let me", "meet ", "introduc",
            "connect", "i want",
        "kannst", "könn", "würde", "hätte", "darf", "hast du", "kennst", "bitte", "dank", "brauche", "anbei", "anhang", "ich ", "hier ",
            "beigef", "liegt bei", "kontakt",
        "peux", "pourr", "pouvez", "puis-je", "serait", "connais", "merci", "serais", "besoin", "remerci", "joint", "voici", "je t",
            "je v", "je p",
        "pued", "podr", "importar", "sería", "conoces", "favor", "agradec", "agradez", "necesito", "gracias", "adjunto", "envío", "mando",
            "reenvío", "paso", "pongo", "aquí", "con gusto", "estaré", "present",
    ], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether any rule can hold for a sentence.</summary>
    public static bool MayHold(string sentence) => sentence.AsSpan().ContainsAny(s_telling);

    /// <summary>What is asked only if something is the case is an offer, or the small print of a newsletter.</summary>
    public static bool IsAsk(string sentence) => Polite().IsMatch(sentence) && !Conditional().IsMatch(sentence) || sentence.EndsWith('?')
        && Question().IsMatch(sentence);

    public static bool IsThanks(string sentence) => Thanks().IsMatch(sentence) && !NoThanks().IsMatch(sentence);

    public static bool IsGive(string sentence) => !sentence.EndsWith('?') && Give().IsMatch(sentence);

    public static bool IsIntroduction(string sentence) => Introduction().IsMatch(sentence);

    [GeneratedRegex(@"\b(?:can|could|would|will) (?:you|anyone|someone|somebody) (?:please |kindly |also |possibly |just )?(?:"
        + @"send|share|help|introduce|give|tell|let|check|review|look|take|make|forward|provide|confirm|call|explain|show|put|add|set|"
        + @"resend|print|get|find|point|connect|ask|come|join|do|have|be able|mind|advise|recommend|prepare|update|fax|email|e-mail)\b"
        + @"|\b(?:would you mind|do you mind|any chance you|is there any (?:way|chance)|may i ask|could i (?:get|have|ask|borrow)"
        + @"|can i (?:get|have|ask|borrow)|do you know (?:anyone|anybody|someone|who))\b"
        + @"|\b(?:kannst|könntest|würdest|können|könnten|könntet|würden|würdet|hättest|hätten|hättet) (?:du|sie|ihr)\b"
        + @"|\b(?:darf ich (?:dich|sie|euch) (?:bitten|fragen|um)|hast du (?:vielleicht|kurz|lust)|kennst du jemanden)\b"
        + @"|\b(?:peux[- ]tu|pourrais[- ]tu|pouvez[- ]vous|pourriez[- ]vous|tu peux|tu pourrais|vous pourriez|vous pouvez"
        + @"|est-ce que (?:tu|vous) (?:peux|pouvez|pourrais|pourriez)|puis-je|serait-il possible|connais-tu quelqu)"
        + @"|(?:\b|¿)(?:puedes|podrías|puede|podría|pueden|podrían|te importaría|le importaría|me (?:puedes|podrías|puede|podría)"
        + @"|sería posible|conoces a alguien)\b", Options, Patience)]
    private static partial Regex Question();

    [GeneratedRegex(@"^(?:\W*|and |but |or )(?:if|when|should you|for (?:more|further|any)|to (?:unsubscribe|stop|view)|wenn|falls|si"
        + @"|cuando)\b|\$LINK|unsubscribe|\bif you (?:have|wish|would|prefer|need|don't|do not|want)", Options, Patience)]
    private static partial Regex Conditional();

    [GeneratedRegex(@"(?:^|[,;:\-] ?|\b(?:so|and|also|then|but|could|can|would|will) (?:you )?)please (?:also |kindly |just )?(?!"
        + @"find\b|note\b|see\b|accept\b|be\b|don't\b|do\b|ignore\b|feel\b|click\b|visit\b|refer\b|enter\b|"
        + @"disregard\b|use\b|add\b|quote\b|remember\b|excuse\b|pardon\b|forgive\b|join us\b|allow\b)[a-z]{2,}\b"
        + @"|\b(?:i was wondering (?:if|whether) you|i(?:'d| would) (?:be grateful|appreciate it) if you|i need your help"
        + @"|would you be (?:able|willing|so kind)|is it possible (?:to|for you)|would it be possible|could you please|can you please"
        + @"|would you please|thanks in advance)\b"
        + @"|\b(?:bitte (?:schick|sende|gib|hilf|prüfe|ruf|schau|leite|bestätige|melde|teile)\w*"
        + @"|ich (?:wäre|würde mich) .{0,30}(?:dankbar|freuen), wenn (?:du|sie)|ich brauche (?:deine|ihre) hilfe|danke im voraus"
        + @"|vielen dank im voraus)\b"
        + @"|\b(?:merci de (?:me|nous|bien vouloir|vérifier|confirmer|répondre)|merci d'avance|je (?:te|vous) serais reconnaissant"
        + @"|j'aurais besoin de (?:ton|votre) aide|(?:peux|pourrais)[- ]tu|(?:pouvez|pourriez)[- ]vous)\b"
        + @"|\b(?:por favor,? (?:env[íi]a|m[áa]nda|ay[úu]da|dime|rev[íi]sa|conf[íi]rma|ll[áa]ma|comp[áa]rte)\w*|te agradecería"
        + @"|le agradecería|necesito tu ayuda|necesito su ayuda|gracias de antemano)\b", Options, Patience)]
    private static partial Regex Polite();

    [GeneratedRegex(@"\b(?:thank you|thanks|thx|many thanks|much appreciated|i(?:'m| am) (?:so |very |really )?grateful"
        + @"|i (?:really |very much )?appreciate (?:it|this|that|your|all))\b"
        + @"|\b(?:danke|dankeschön|vielen dank|herzlichen dank|besten dank|tausend dank|ich bin (?:dir|ihnen) .{0,20}dankbar"
        + @"|(?:ich danke|wir danken) (?:dir|ihnen|euch))\b|\b(?:mercis?|je (?:te|vous) remercie|nous (?:te|vous) remercions)\b"
        + @"|\b(?:muchas gracias|gracias|mil gracias|(?:te|se|le|os) (?:lo )?agradezco)\b", Options, Patience)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"\b(?:no,? thank|thanks but no|thanks in advance|thank you in advance|thanks for nothing|no thanks"
        + @"|would like to thank|nein,? danke|danke,? nein|dank(?:e)? im voraus|non,? merci|merci d'avance"
        + @"|merci de (?!m'avoir|nous avoir|l'avoir|votre|vos|ta\b|ton|tes)|no,? gracias|gracias de antemano)", Options, Patience)]
    private static partial Regex NoThanks();

    [GeneratedRegex(@"\b(?:(?:please find|i(?:'ve| have)) (?:enclosed|attached)|attached (?:is|are|you(?:'ll| will) find|please find)"
        + @"|(?:is|are) attached\b|here(?:'s| is| are) (?:the|a|an|some|my|our|your)\b"
        + @"|i(?:'d| would) be (?:happy|glad) to (?:help|share|introduce|send|"
        + @"look)|happy to (?:help|share|introduce)|i can (?:help|introduce|send|share|lend)"
        + @"|i(?:'ll| will) (?:send|share|introduce|forward) (?:you|it|them|the)|let me know if (?:i can|you need) )"
        + @"|\b(?:im anhang|anbei|ich (?:schicke|sende) (?:dir|ihnen|euch)|ich helfe (?:dir|ihnen|gern)"
        + @"|ich kann (?:dir|ihnen|dich|sie|euch) .{0,40}(?:helfen|schicken|geben|vorstellen|leihen)|ich leite (?:dir|ihnen|euch)"
        + @"|beigefügt|liegt bei(?=\W*$)|stelle ich (?:gern |gerne )?den kontakt her"
        + @"|hier (?:ist|sind) (?:der link|die (?:datei|liste|zahlen|rechnung|präsentation|unterlagen)|das (?:dokument|protokoll|angebot)"
        + @"|meine?|unsere?))\b"
        + @"|\b(?:(?:ci-joint(?:e|s|es)?|en pièce jointe|voici (?:le|la|les|un|une|mon|ma|mes|notre|nos))\b"
        + @"|je (?:t'|te |vous )(?:envoie|transmets|prête|fais suivre|mets en contact)"
        + @"|je peux (?:t'|te |vous )(?:aider|présenter|prêter|envoyer|donner)|je serais ravi)"
        + @"|\b(?:adjunto|(?:te|le|os|les) (?:envío|mando|reenvío|paso|pongo en contacto)|aquí (?:tienes|tiene|está)"
        + @"|puedo (?:ayudar|presentar|prestar|enviar|pasar)(?:te|le|os|les)|con gusto te|estaré encantad[oa] de)\b", Options, Patience)]
    private static partial Regex Give();

    [GeneratedRegex(@"\b(?:(?:i(?:'d| would) (?:like|love) to|let me|i want to|i wanted to|allow me to|happy to|i am"
        + @"|i'm) (?:introduc(?:e|ing) (?:you|the two of you|both)|connect(?:ing)? (?:you|the two of you))"
        + @"|(?:\w+,? )?(?:please )?meet [A-Z]\w+|introducing you (?:two|both))\b"
        + @"|\b(?:ich möchte (?:euch|sie) (?:beide )?(?:einander )?(?:vorstellen|bekannt machen|miteinander bekannt)"
        + @"|darf ich vorstellen)\b|\bje (?:vous|voudrais vous) (?:présente|mets en relation|présenter)\b|\b(?:os|les) presento\b"
        + @"|\bquiero presentar(?:os|les)\b", Options, Patience)]
    private static partial Regex Introduction();
}

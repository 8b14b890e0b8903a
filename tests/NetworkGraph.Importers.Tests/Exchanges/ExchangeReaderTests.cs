using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Exchanges;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Tests.Imports;

namespace NetworkGraph.Importers.Tests.Exchanges;

public class ExchangeReaderTests
{
    private static readonly ImportOptions s_reading = new() { ReadText = true, Zone = NodaTime.DateTimeZone.Utc };

    [Theory]
    [InlineData("Could you introduce me to Pat?", Exchange.Ask)]
    [InlineData("Can you send me the deck?", Exchange.Ask)]
    [InlineData("Please review the draft by Friday.", Exchange.Ask)]
    [InlineData("Thank you so much!", Exchange.Thanks)]
    [InlineData("Thanks, got it.", Exchange.Thanks)]
    [InlineData("Please find attached the report.", Exchange.Give)]
    [InlineData("Here is the contract you asked for.", Exchange.Give)]
    [InlineData("See you on Monday.", Exchange.None)]
    [InlineData("How are you?", Exchange.None)]
    [InlineData("No thanks.", Exchange.None)]
    [InlineData("Könntest du mir die Folien schicken?", Exchange.Ask)]
    [InlineData("Bitte schick mir den Vertrag.", Exchange.Ask)]
    [InlineData("Vielen Dank für deine Hilfe!", Exchange.Thanks)]
    [InlineData("Anbei das Protokoll.", Exchange.Give)]
    [InlineData("Bis Montag.", Exchange.None)]
    [InlineData("Pourriez-vous me présenter à Anne ?", Exchange.Ask)]
    [InlineData("Merci beaucoup pour votre aide.", Exchange.Thanks)]
    [InlineData("Voici le rapport.", Exchange.Give)]
    [InlineData("À lundi.", Exchange.None)]
    [InlineData("¿Podrías enviarme el contrato?", Exchange.Ask)]
    [InlineData("Muchas gracias por todo.", Exchange.Thanks)]
    [InlineData("Adjunto el informe.", Exchange.Give)]
    [InlineData("Nos vemos el lunes.", Exchange.None)]
    public void Sentences_are_read_in_four_languages(string sentence, Exchange exchange) =>
        ExchangeReader.Read(sentence).Exchange.ShouldBe(exchange);

    [Fact]
    public void What_is_quoted_forwarded_or_signed_is_not_the_senders()
    {
        ExchangeReader.Read(
            "Happy to.\n\nOn Tue, Mar 17, 2026 at 2:32 PM Mara wrote:\n> Could you introduce me to Pat?\n").Exchange.ShouldBe(
            Exchange.None);
        ExchangeReader.Read(
            "fyi\n\n---------- Forwarded message ---------\nFrom: a@x.example\n\nCan you send me the deck?\n").Exchange.ShouldBe(
            Exchange.None);
        ExchangeReader.Read("See you\n-- \nThanks for reading my signature\n").Exchange.ShouldBe(Exchange.None);
    }

    [Fact]
    public void A_mailbox_read_with_its_texts_has_asks_thanks_and_introductions()
    {
        var mail = Importing.Sample("mbox/takeout.mbox", s_reading);

        Of("mail:a1@mail.example").Exchange.ShouldBe(Exchange.Ask);
        Of("mail:a2@mail.example").Exchange.ShouldBe(Exchange.None);
        Of("mail:a3@mail.example").Kind.ShouldBe(InteractionKind.Introduction);
        Of("mail:a4@mail.example").Exchange.ShouldBe(Exchange.Thanks);
        Importing.Sample("mbox/takeout.mbox").Interactions.ShouldAllBe(i => i.Exchange == Exchange.None);

        Interaction Of(string id) => mail.Interactions.Single(i => i.Id == id);
    }

    [Fact]
    public void Chats_and_archives_are_read_too_where_that_is_asked_for()
    {
        Importing.Sample("whatsapp/one.txt", s_reading).Interactions.Count(i => i.Exchange == Exchange.Ask).ShouldBe(1);
        Importing.Sample("slack/export.zip", s_reading).Interactions.Select(i => i.Exchange).ShouldContain(Exchange.Thanks);
        Importing.Sample("linkedin/archive.zip", s_reading).Interactions.Count(
            i => i.Kind is InteractionKind.Message && i.Exchange == Exchange.Ask).ShouldBe(1);
    }

    /// <summary>
    /// Sentences written for this, 105 a language; the rules were made with them in view, so they show what must not get worse.
    /// </summary>
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("fr")]
    [InlineData("es")]
    public void What_is_read_of_a_languages_sentences_is_nearly_always_right(string language)
    {
        var sentences = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Exchanges", "Sentences", $"{language}.tsv")).Select(
            line => line.Split('\t')).ToList();

        sentences.Count.ShouldBeGreaterThanOrEqualTo(100);
        foreach (var label in (Exchange[])[Exchange.Ask, Exchange.Thanks, Exchange.Give])
        {
            var read = sentences.Where(sentence => ExchangeReader.Read(sentence[1]).Exchange == label).ToList();
            var right = read.Count(sentence => sentence[0] == WireNames.Of(label));
            ((double)right / read.Count).ShouldBeGreaterThanOrEqualTo(
                0.9, string.Join("; ", read.Where(s => s[0] != WireNames.Of(label)).Select(s => s[1])));
            ((double)right / sentences.Count(sentence => sentence[0] == WireNames.Of(label))).ShouldBeGreaterThan(0.8, $"{label}");
        }
    }

    [Fact]
    public void A_sentence_that_a_rule_holds_for_has_one_of_the_telling_words()
    {
        var sentences = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Exchanges", "Sentences"), "*.tsv").SelectMany(
            File.ReadLines).Select(line => line.Split('\t')[1])
            .Concat(Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA") is { } data
                ? File.ReadLines(Path.Combine(data, "importers/text/parakweet-intent.train.tsv")) : []);

        sentences.Where(sentence => !ExchangeRules.MayHold(sentence)
            && (ExchangeRules.IsAsk(sentence) || ExchangeRules.IsThanks(sentence) || ExchangeRules.IsGive(sentence)
                || ExchangeRules.IsIntroduction(sentence))).ShouldBeEmpty();
    }

    [Fact]
    public void Of_what_is_read_as_an_ask_in_a_companys_mail_most_is_one()
    {
        var (right, wrong) = (0, 0);
        foreach (var line in File.ReadLines(Path.Combine(Importing.Samples, "importers/text/parakweet-intent.train.tsv")))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0) continue;
            var (label, sentence) = line[..tab].Length <= 5
                ? (line[..tab], line[(tab + 1)..]) : (line[(line.LastIndexOf('\t') + 1)..], line[..line.LastIndexOf('\t')]);
            if (ExchangeReader.Read(sentence).Exchange is not Exchange.Ask) continue;
            if (label.Trim().Equals("Yes", StringComparison.OrdinalIgnoreCase)) right++;
            else wrong++;
        }
        TestContext.Current.SendDiagnosticMessage($"asks read: {right} right, {wrong} wrong");
        ((double)right / (right + wrong)).ShouldBeGreaterThan(0.9, $"{right} right, {wrong} wrong");
        right.ShouldBeGreaterThan(350);
    }
}

using System.CommandLine;
using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Exchanges;

namespace NetworkGraph.LoadTests.Imports;

/// <summary>
/// Precision and recall of reading give and ask from texts, by language and label: of the sentences of the tests, and of sentences from a
/// company's mail.
/// </summary>
internal static class ReadingAccuracy
{
    public static Command Create()
    {
        var sentences = new Option<string>("--sentences")
        {
            Description = "Folder of sentences: a file a language, a label and a sentence a line.",
            DefaultValueFactory = _ =>
        "tests/NetworkGraph.Importers.Tests/Exchanges/Sentences"
        };
        var data = new Option<string?>("--data")
        { Description = "The folder of the data sets (default: NETWORKGRAPH_DATA of the environment).", HelpName = "dir" };
        var command = new Command("reading", "Measures the reading of give and ask, by language and label.") { sentences, data };
        command.SetAction(parsed =>
        {
            foreach (var path in Directory.GetFiles(parsed.GetValue(sentences)!, "*.tsv").Order(StringComparer.Ordinal))
                Measure(Path.GetFileNameWithoutExtension(path),
                    File.ReadLines(path).Select(line => line.Split('\t')).Where(line => line.Length == 2).Select(
                    line => (line[0], line[1])), ["ask", "thanks", "give"]);
            var mail = Path.Combine(
                parsed.GetValue(data) ?? Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA")
                ?? ".", "importers/text/parakweet-intent.train.tsv");
            if (!File.Exists(mail)) return;
            // A part of them, to see how far the figures move.
            var all = File.ReadLines(mail).Select(Labelled).OfType<(string Label, string Text)>().ToList();
            Measure("mail, all", all, ["ask"]);
            Measure("mail, every fifth", all.Where((_, i) => i % 5 == 0), ["ask"]);
        });
        return command;
    }

    private static (string Label, string Text)? Labelled(string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        if (tab < 0) return null;
        var (label, text) = tab <= 5
            ? (line[..tab], line[(tab + 1)..]) : (line[(line.LastIndexOf('\t') + 1)..], line[..line.LastIndexOf('\t')]);
        return (label.Trim().Equals("Yes", StringComparison.OrdinalIgnoreCase) ? "ask" : "none", text);
    }

    private static void Measure(string name, IEnumerable<(string Label, string Text)> sentences, string[] labels)
    {
        var read = sentences.Select(
            sentence => (Is: sentence.Label, Read: WireNames.Of(ExchangeReader.Read(sentence.Text).Exchange))).ToList();
        foreach (var label in labels)
        {
            var right = read.Count(sentence => sentence.Is == label && sentence.Read == label);
            var (taken, there) = (read.Count(sentence => sentence.Read == label), read.Count(sentence => sentence.Is == label));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}, {label}: precision {(double)right / Math.Max(1, taken):0.000}, recall "
                + $"{(double)right / Math.Max(1, there):0.000} ({right} of {taken} read, {there} there)"));
        }
    }
}

using System.Globalization;
using System.IO.Compression;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.LoadTests.Accuracy;

/// <summary>One mail: of one second, from one person, to one or several.</summary>
public readonly record struct Mail(long AtMs, int From, int[] To);

/// <summary>
/// A public data set of who wrote to whom, in time order. Rows of mail sets that share sender and second are one mail to
/// several, as the CSV import takes them; rows of the other sets stand alone.
/// </summary>
/// <param name="Name">For the tables.</param>
/// <param name="Mails">In order of time.</param>
/// <param name="People">They are numbered from 0.</param>
public sealed record MailSet(string Name, Mail[] Mails, int People)
{
    private const long EmailEpochMs = 1_064_966_400_000; // 2003-10-01
    private const int EmailDays = 525; // strays after it

    /// <summary>The names of the sets.</summary>
    public static IReadOnlyList<string> All { get; } = ["email-eu", "manufacturing-mail", "mathoverflow", "bitcoin-otc"];

    /// <summary>The set; null where its file is not in the folder.</summary>
    public static MailSet? Read(string folder, string name)
    {
        var isEmail = name == "email-eu";
        var file = isEmail ? Path.Combine(folder, name, "email-Eu-core-temporal.txt.gz") : Path.Combine(
            folder, "tie-persistence", $"{name}.csv.gz");
        if (!File.Exists(file)) return null;
        var numbers = new Dictionary<string, int>();
        var rows = new List<(long AtMs, int From, int To)>();
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            var parts = line.Split(isEmail ? ' ' : ',', StringSplitOptions.RemoveEmptyEntries);
            if (parts[0] == parts[1] || !double.TryParse(parts[2], CultureInfo.InvariantCulture, out var seconds)) continue;
            if (isEmail && seconds >= EmailDays * 86_400.0) continue;
            rows.Add(((isEmail ? EmailEpochMs : 0) + 1000 * (long)seconds, Number(parts[0]), Number(parts[1])));
        }
        var grouped = isEmail || name == "manufacturing-mail"
            ? rows.GroupBy(static row => (row.AtMs, row.From)).Select(
                static mail => new Mail(mail.Key.AtMs, mail.Key.From, [.. mail.Select(static row => row.To).Distinct()]))
            : rows.Select(static row => new Mail(row.AtMs, row.From, [row.To]));
        return new MailSet(name, [.. grouped.OrderBy(static mail => mail.AtMs)], numbers.Count);

        int Number(string id)
        {
            if (!numbers.TryGetValue(id, out var number)) numbers.Add(id, number = numbers.Count);
            return number;
        }
    }

    /// <summary>The date at a share of the span between the .5 % and the 99.5 % quantile of time.</summary>
    public long At(double share)
    {
        var (from, to) = (Mails[(int)(Mails.Length * 0.005)].AtMs, Mails[(int)(Mails.Length * 0.995)].AtMs);
        return from + (long)(share * (to - from));
    }

    /// <summary>The set as the log would have it: an interaction a mail.</summary>
    public HistoryStore Histories()
    {
        var histories = new HistoryStore();
        for (var number = 0; number < People; number++) histories.PersonOf(Id(number));
        var position = 0L;
        foreach (var mail in Mails)
        {
            var interaction = new Interaction
            {
                Id = $"{++position}",
                AtMs = mail.AtMs,
                From = Id(mail.From),
                To = [.. mail.To.Select(Id)],
                Kind = InteractionKind.Message
            };
            histories.Apply(interaction, position);
        }
        return histories;
    }

    private static string Id(int number) => $"p{number}";
}

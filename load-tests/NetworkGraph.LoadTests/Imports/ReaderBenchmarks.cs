using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using MimeKit;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Server.Api.Ingest;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.LoadTests.Imports;

/// <summary>
/// How quickly files are read: a generated mailbox, a generated calendar and a generated table, beside the readers of MimeKit and
/// Ical.Net, and the whole import of the table into a log. The same options make the same files.
/// </summary>
internal static class ReaderBenchmarks
{
    private const long NowMs = 1_796_083_200_000;

    public static Command Create()
    {
        var megabytes = new Option<int>("--mailbox-mb") { Description = "Size of the generated mailbox.", DefaultValueFactory = _ => 1024 };
        var events = new Option<int>("--events") { Description = "Events of the generated calendar.", DefaultValueFactory = _ => 100_000 };
        var rows = new Option<int>("--rows") { Description = "Rows of the generated table.", DefaultValueFactory = _ => 2_000_000 };
        var folder = new Option<string>("--folder")
        {
            Description = "Where the files are made; they go again.",
            DefaultValueFactory = _ => Path.GetTempPath(),
        };
        var command = new Command(
            "readers", "Times the readers of mailboxes, calendars and tables, beside MimeKit's and Ical.Net's own.")
        { megabytes, events, rows, folder };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = Directory.CreateDirectory(Path.Combine(parsed.GetValue(folder)!, $"readers-{Environment.ProcessId}")).FullName;
            try
            {
                Mailbox(path, parsed.GetValue(megabytes), cancellation);
                Calendar(path, parsed.GetValue(events), cancellation);
                await TableAsync(path, parsed.GetValue(rows), cancellation);
                return 0;
            }
            finally
            {
                Directory.Delete(path, recursive: true);
            }
        });
        return command;
    }

    private static void Mailbox(string folder, int megabytes, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "in.mbox");
        var messages = WriteMailbox(path, megabytes * 1_000_000L);
        Console.WriteLine(Line($"mailbox: {messages:N0} messages, {new FileInfo(path).Length / 1e6:N0} MB"));
        Time("mbox, headers", messages, () => Read(path, new ImportOptions(), cancellation));
        Time("mbox, with text", messages, () => Read(path, new ImportOptions { ReadText = true }, cancellation));
        Time("MimeKit, each message and its addresses", messages, () => MimeKitMessages(path, withText: false, cancellation));
        Time("MimeKit, with text", messages, () => MimeKitMessages(path, withText: true, cancellation));
        File.Delete(path);
    }

    private static void Calendar(string folder, int events, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "in.ics");
        WriteCalendar(path, events);
        Time("calendar", events, () => Read(path, new ImportOptions(), cancellation));
        Time("Ical.Net, parsed alone", events, () => Ical.Net.Calendar.Load(File.ReadAllText(path))!.Events.Count);
        File.Delete(path);
    }

    private static async Task TableAsync(string folder, int rows, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "in.csv");
        WriteTable(path, rows);
        Time("table, read alone", rows, () => Read(path, new ImportOptions(), cancellation));
        await using var log = await SqliteLog.OpenAsync(Path.Combine(folder, "data"), cancellation);
        using var source = ImportSource.Open(path);
        var context = new ImportContext(new ImportOptions { Batch = "b" }, source.Name, NowMs, cancellation);
        var tally = new IngestTally();
        var began = Stopwatch.GetTimestamp();
        var pipeline = new IngestPipeline(
            new LogAppend(log, TimeProvider.System, null).AppendAsync, TimeProvider.System,
            new IngestPipelineOptions { OneBatchWaits = true });
        var read = ImportPlan.Recognise(source, null).Open(context);
        await Task.Run(() => pipeline.RunAsync(read, tally, cancellation, CancellationToken.None), cancellation);
        (read as IDisposable)?.Dispose();
        Report("table, whole import into SQLite", rows, Stopwatch.GetElapsedTime(began), tally.Accepted);
    }

    private static long Read(string path, ImportOptions options, CancellationToken cancellation)
    {
        using var source = ImportSource.Open(path);
        var context = new ImportContext(options, source.Name, NowMs, cancellation);
        var rows = ImportPlan.Recognise(source, null).Open(context);
        var records = 0L;
        using (rows as IDisposable)
        {
            var batch = new RowBatch(4096);
            for (var isMore = true; isMore;)
            {
                isMore = rows.ReadAsync(batch, NowMs, cancellation).AsTask().GetAwaiter().GetResult();
                records += batch.Records.Count(record => record is Interaction);
                batch.Clear();
            }
        }
        return records;
    }

    /// <summary>MimeKit's own reader of mailboxes, which parses each message whole; with text, what it says is asked for too.</summary>
    private static long MimeKitMessages(string path, bool withText, CancellationToken cancellation)
    {
        using var stream = File.OpenRead(path);
        var parser = new MimeParser(stream, MimeFormat.Mbox);
        var count = 0L;
        while (!parser.IsEndOfStream)
        {
            using var message = parser.ParseMessage(cancellation);
            count += message.From.Mailboxes.Any() && message.To.Mailboxes.Any() && (!withText || message.TextBody is not null) ? 1 : 0;
        }
        return count;
    }

    private static void Time(string what, long items, Func<long> read)
    {
        GC.Collect();
        var peak = 0L;
        using var watch = new Timer(_ => peak = Math.Max(peak, Environment.WorkingSet), null, 0, 50);
        var began = Stopwatch.GetTimestamp();
        var found = read();
        Report(what, items, Stopwatch.GetElapsedTime(began), found, peak);
    }

    private static void Report(string what, long items, TimeSpan took, long found, long peak = 0)
    {
        var memory = peak > 0 ? $", {peak >> 20} MiB at most" : "";
        Console.WriteLine(Line(
            $"{what}: {items / took.TotalSeconds:N0} a second, {took.TotalSeconds:N1} s, {found:N0} found{memory}"));
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Mail among 400 people with the header of today's mail and bodies of 3 kB, a tenth of it with an attachment of 40 kB.
    /// </summary>
    private static long WriteMailbox(string path, long bytes)
    {
        var random = new Random(1);
        using var file = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
        var paragraph = string.Concat(
            Enumerable.Repeat("We met the people of the north office and talked about the plan for the spring.\n", 12));
        var attachment = string.Concat(
            Enumerable.Repeat("JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmoKPDwvTGVuZ3RoIDMgMCBSL0ZpbHRlci9GbGF0\n", 530));
        var count = 0L;
        for (var written = 0L; written < bytes; count++)
        {
            var (from, to, cc) = (random.Next(400), random.Next(400), random.Next(400));
            var at = DateTimeOffset.FromUnixTimeSeconds(1_600_000_000 + count * 600);
            var text = new StringBuilder()
                .Append(CultureInfo.InvariantCulture, $"From person{from}@example.org {at:ddd MMM dd HH:mm:ss yyyy}\n")
                .Append(CultureInfo.InvariantCulture, $"Delivered-To: person1@example.org\nReceived: by 10.0.0.1 with SMTP id x{count}; ")
                .Append(CultureInfo.InvariantCulture, $"{at:ddd, dd MMM yyyy HH:mm:ss} +0000\n")
                .Append("ARC-Seal: i=1; a=rsa-sha256; t=1; cv=none; d=example.org; s=arc;\n        b=").Append('A', 340).Append('\n')
                .Append("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=20230601;\n        bh=")
                .Append('B', 44).Append(";\n        b=").Append('C', 340).Append('\n')
                .Append(CultureInfo.InvariantCulture, $"Message-ID: <m{count}@example.org>\n")
                .Append(CultureInfo.InvariantCulture, $"Date: {at:ddd, dd MMM yyyy HH:mm:ss} +0000\n")
                .Append(CultureInfo.InvariantCulture, $"From: \"Person {from}\" <person{from}@example.org>\n")
                .Append(CultureInfo.InvariantCulture, $"To: =?UTF-8?Q?Pers=C3=B6n_{to}?= <person{to}@example.org>\n")
                .Append(CultureInfo.InvariantCulture, $"Cc: Person {cc} <person{cc}@example.org>\n")
                .Append(CultureInfo.InvariantCulture, $"Subject: Re: plan {count}\nMIME-Version: 1.0\n");
            if (count > 10 && random.Next(2) == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"In-Reply-To: <m{count - 10}@example.org>\n")
                    .Append(CultureInfo.InvariantCulture, $"References: <m{count - 10}@example.org>\n");
            }
            if (random.Next(10) == 0)
            {
                text.Append("Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n")
                    .Append("Please find attached the report.\n").Append(paragraph)
                    .Append("\n--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n")
                    .Append(attachment).Append("\n--b--\n\n");
            }
            else
            {
                text.Append("Content-Type: text/plain; charset=utf-8\n\nCould you send me the slides?\n")
                    .Append(paragraph).Append(paragraph).Append("\n> ").Append(paragraph).Append("\n\n");
            }
            foreach (var part in text.GetChunks()) file.Write(part.Span);
            written += text.Length;
        }
        return count;
    }

    /// <summary>Meetings of two to five people, a tenth of them in series.</summary>
    private static void WriteCalendar(string path, int events)
    {
        var random = new Random(1);
        using var file = new StreamWriter(path);
        file.Write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n");
        for (var i = 0; i < events; i++)
        {
            var at = DateTime.UnixEpoch.AddMinutes(26_000_000L + i * 20L);
            file.Write(string.Create(CultureInfo.InvariantCulture,
                $"BEGIN:VEVENT\r\nUID:e{i}@example.org\r\nDTSTAMP:20260101T000000Z\r\n"));
            file.Write(string.Create(CultureInfo.InvariantCulture, $"DTSTART;TZID=Europe/Berlin:{at:yyyyMMdd'T'HHmmss}\r\n"));
            file.Write(string.Create(CultureInfo.InvariantCulture, $"DURATION:PT30M\r\nSUMMARY:Meeting {i}\r\n"));
            if (i % 10 == 0) file.Write("RRULE:FREQ=WEEKLY;COUNT=8\r\n");
            file.Write("ORGANIZER;CN=Me:mailto:me@example.org\r\nATTENDEE;CN=Me;PARTSTAT=ACCEPTED:mailto:me@example.org\r\n");
            for (var attendee = random.Next(1, 5); attendee > 0; attendee--)
                file.Write("ATTENDEE;CN=Person;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:"
                    + string.Create(CultureInfo.InvariantCulture, $"person{random.Next(400)}@\r\n example.org\r\n"));
            file.Write("END:VEVENT\r\n");
        }
        file.Write("END:VCALENDAR\r\n");
    }

    private static void WriteTable(string path, int rows)
    {
        var random = new Random(1);
        using var file = new StreamWriter(path);
        file.Write("id,at,from,to,kind,channel\n");
        for (var i = 0; i < rows; i++)
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(1_600_000_000 + i * 20L);
            file.Write(string.Create(CultureInfo.InvariantCulture, $"i{i},{at:yyyy-MM-dd'T'HH:mm:ss'Z'},"));
            file.Write(string.Create(CultureInfo.InvariantCulture, $"person{random.Next(100_000)}@example.org,"));
            file.Write(string.Create(CultureInfo.InvariantCulture, $"person{random.Next(100_000)}@example.org,message,email\n"));
        }
    }
}

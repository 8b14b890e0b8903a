using System.CommandLine;
using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.LoadTests.Imports;

/// <summary>
/// Reads broken copies of real files through every importer: bytes flipped, cut out, repeated, put in. Nothing may throw, take longer than
/// five seconds, or keep memory. The same seed breaks the same bytes.
/// </summary>
internal static class ImportFuzz
{
    private const int MaxFileBytes = 200_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly string[] s_folders = ["importers", "ics", "vcard", "linkedin-archive"];

    private static readonly ImportOptions s_options = new()
    {
        Me = ["me@x.example"],
        Zone = NodaTime.DateTimeZone.Utc,
        AtMs = 1_767_225_600_000,
        Kind = InteractionKind.Meeting,
        Tentative = true,
        Lists = true,
        ReadText = true,
    };

    public static Command Create()
    {
        var data = new Option<string?>("--data")
        { Description = "The folder of the data sets (default: NETWORKGRAPH_DATA of the environment).", HelpName = "dir" };
        var rounds = new Option<int>("--rounds") { Description = "Broken files for each format.", DefaultValueFactory = _ => 100_000 };
        var seed = new Option<int>("--seed") { Description = "Same seed, same broken files.", DefaultValueFactory = _ => 1 };
        var command = new Command("fuzz-imports", "Reads broken copies of the sample files through every importer.") { data, rounds, seed };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetValue(data) ?? Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA")
                ?? ".", parsed.GetValue(rounds), parsed.GetValue(seed), TimeProvider.System, cancellation)));
        return command;
    }

    private static int Run(string data, int rounds, int seed, TimeProvider time, CancellationToken cancellation)
    {
        var files = s_folders.Select(folder => Path.Combine(data, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(path => !path.Contains("licences", StringComparison.Ordinal) && new FileInfo(path).Length < MaxFileBytes).Order(
                StringComparer.Ordinal)
            .Select(path => (Path: path, Bytes: File.ReadAllBytes(path))).ToList();
        var byFormat = files.Select(file => (file, Format: FormatOf(file.Path, file.Bytes))).Where(f => f.Format is not null).ToLookup(
            f => f.Format!, f => f.file);
        var failures = 0;
        foreach (var format in byFormat)
        {
            var samples = format.ToList();
            var random = new Random(seed);
            var (slowest, began) = (TimeSpan.Zero, time.GetTimestamp());
            for (var round = 0; round < rounds && !cancellation.IsCancellationRequested; round++)
            {
                var (path, bytes) = samples[random.Next(samples.Count)];
                var broken = Broken(bytes, random);
                var started = time.GetTimestamp();
                try
                {
                    Read(format.Key, Path.GetFileName(path), broken, cancellation);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    failures++;
                    Console.WriteLine($"{format.Key}, round {round} of seed {seed} ({path}): {failure.GetType().Name}: {failure.Message}");
                }
                var took = time.GetElapsedTime(started);
                if (took > slowest) slowest = took;
                if (took <= s_patience) continue;
                failures++;
                Console.WriteLine($"{format.Key}, round {round} of seed {seed} ({path}): took {took.TotalSeconds:N1} s");
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{format.Key}: {rounds:N0} broken files of {samples.Count}, {time.GetElapsedTime(began).TotalSeconds:N0} s, slowest "
                    + $"{slowest.TotalMilliseconds:N0} ms, {GC.GetTotalMemory(true) >> 20} MiB held"));
        }
        Console.WriteLine(failures == 0 ? "No failure." : $"{failures} failures.");
        return failures == 0 ? 0 : 1;
    }

    private static string? FormatOf(string path, byte[] bytes)
    {
        using var source = ImportSource.FromBytes(Path.GetFileName(path), (Path.GetFileName(path), bytes));
        return ImportPlan.Recognise(source, null).Parts is [var part, ..] ? part.Format.Name : null;
    }

    private static void Read(string format, string name, byte[] bytes, CancellationToken cancellation)
    {
        using var source = ImportSource.FromBytes(name, (name, bytes));
        var context = new ImportContext(s_options, name, 1_796_083_200_000, cancellation);
        var rows = ImportPlan.Recognise(source, format).Open(context);
        using (rows as IDisposable)
        {
            var batch = new RowBatch(4096);
            while (rows.ReadAsync(batch, context.NowMs, cancellation).AsTask().GetAwaiter().GetResult()) batch.Clear();
        }
    }

    private static byte[] Broken(byte[] original, Random random)
    {
        string[] snares = ["\n", "\r\n", "\"", ";", ":", ",", "\0", "=", "99999999999999999999", "-1", "<", "[", "{", "%", "\\",
            "FREQ=SECONDLY;", "From ", "BEGIN:", "END:"];
        var bytes = new List<byte>(original);
        for (var change = random.Next(1, 8); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(bytes.Count - at, random.Next(1, 80));
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, System.Text.Encoding.ASCII.GetBytes(snares[random.Next(snares.Length)]));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}

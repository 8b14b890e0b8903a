using System.Globalization;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Checkpoints;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.LoadTests.Damage;

/// <summary>What of a data folder is damaged.</summary>
internal enum DamagedFile
{
    Log,
    Wal,
    Checkpoint,
}

/// <summary>How often damage was refused, did nothing, or was not noticed although something was wrong.</summary>
internal sealed record DamageReport(int Rounds, int Refused, int Harmless, IReadOnlyList<string> SilentlyWrong)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Rounds:N0} damages: {Refused:N0} refused, {Harmless:N0} without effect, {SilentlyWrong.Count:N0} silently "
            + $"wrong{string.Concat(SilentlyWrong.Take(10).Select(fault => $"{Environment.NewLine}  {fault}"))}");
}

/// <summary>
/// Question: is damage to a data folder ever served as if it were none?
/// Method: a folder is filled as a server does it, with an erasure, retractions and a checkpoint, and copied while it is open, so that
/// its write-ahead log holds most of it. Again and again one file of a copy is damaged (a bit flipped, bytes or a page overwritten, a page
/// torn or put in the place of another, the end cut off), and the folder opened and read as a start does. It must be refused, or hold
/// every record that was acknowledged, take none of them twice, and fold to the same.
/// </summary>
internal sealed class FolderDamage : IDisposable
{
    private const int Records = 4_000;
    private const int PageBytes = 16_384;
    private static readonly string[] s_names = ["log.db", "log.db-wal", "log.acknowledged", "folds.checkpoint"];
    private readonly DirectoryInfo _root = Directory.CreateDirectory(Path.Combine(
        Directory.Exists("/dev/shm")
            ? "/dev/shm" : Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"networkgraph-damage-{Environment.ProcessId}")));

    private readonly Dictionary<string, byte[]> _files = [];
    private readonly List<LogRecord> _records = [];
    private readonly List<Interaction> _sent = [];
    private string _identity = "";

    public void Dispose() => _root.Delete(recursive: true);

    /// <summary>Fills the folder that all rounds start from.</summary>
    public async Task PrepareAsync(int seed, CancellationToken cancellation)
    {
        var folder = Path.Combine(_root.FullName, "whole");
        var random = new Random(seed);
        await using var log = await SqliteLog.OpenAsync(folder, cancellation);
        while (_sent.Count < Records)
        {
            var batch = Enumerable.Range(_sent.Count, random.Next(1, 200)).Select(number => Numbered(number)).ToArray();
            _sent.AddRange(batch);
            await log.AppendAsync(batch, cancellation);
        }
        await log.AppendAsync(
            [new InteractionWithdrawn { AtMs = 1, Id = _sent[10].Id, Reason = WithdrawalReason.Retracted }], cancellation);
        await log.EraseAsync("person-3", [.. PositionsOf("person-3")], 1, cancellation);
        await log.AppendAsync([.. Enumerable.Range(_sent.Count, 500).Select(number => Numbered(number))], cancellation);
        _sent.AddRange(Enumerable.Range(_sent.Count, 500).Select(number => Numbered(number)));
        _records.AddRange(await AllAsync(log, cancellation));
        var people = Fold(_records);
        _identity = $"{log.Identity}/{await log.LineageAsync(_records.Count, cancellation)}";
        HistoryCheckpoint.Write(
            Path.Combine(folder, "folds.checkpoint"), _identity, people.Histories, HistoryCheckpoint.Cut(people, _records.Count),
            cancellation);
        foreach (var name in s_names) _files[name] = await File.ReadAllBytesAsync(Path.Combine(folder, name), cancellation);
    }

    public async Task<DamageReport> RunAsync(DamagedFile file, int rounds, int seed, CancellationToken cancellation)
    {
        var (refused, harmless) = (0, 0);
        var wrong = new List<string>();
        var folder = Path.Combine(_root.FullName, "damaged");
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var random = new Random(unchecked(seed * 1_000_003 + round));
            var name = s_names[file is DamagedFile.Log ? 0 : file is DamagedFile.Wal ? 1 : 3];
            var (bytes, what) = Damaged(_files[name], random);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            foreach (var (other, whole) in _files)
                await File.WriteAllBytesAsync(Path.Combine(folder, other), other == name ? bytes : whole, cancellation);
            try
            {
                if (await FaultAsync(folder, cancellation) is { } fault)
                    wrong.Add($"round {round} of seed {seed}, {name}: {what}: {fault}");
                else harmless++;
            }
            catch (Exception found) when (found is LogCorruptedException or LogUnavailableException)
            {
                refused++;
            }
        }
        return new DamageReport(rounds, refused, harmless, wrong);
    }

    /// <summary>What is wrong with what a start would serve; null where nothing is.</summary>
    private async Task<string?> FaultAsync(string folder, CancellationToken cancellation)
    {
        await using var log = await SqliteLog.OpenAsync(folder, cancellation);
        var checkpoint = Path.Combine(folder, "folds.checkpoint");
        var reaches = HistoryCheckpoint.PositionOf(checkpoint);
        var lineage = reaches <= log.LastPosition ? await log.LineageAsync(reaches, cancellation) : "";
        var restored = HistoryCheckpoint.TryRead(checkpoint, $"{log.Identity}/{lineage}", log.LastPosition, out _);
        var records = await AllAsync(log, cancellation);
        if (records.Count < _records.Count) return $"{records.Count} of {_records.Count} records are served";
        for (var i = 0; i < _records.Count; i++)
            if (!IsSame(_records[i], records[i])) return $"the record at position {i + 1} is another";
        if (restored is not null)
        {
            if (restored.Position != _records.Count) return $"the checkpoint is used, of position {restored.Position}";
            var fold = new EmbeddedPeople(
                restored.Histories, restored.Profiles, restored.Boundaries, PeopleOptions.Default, restored.Naming);
            if (Summary(fold) != Summary(Fold(records))) return "the checkpoint is used, and gives other histories than the log";
        }
        var erased = _sent.Where(one => one.Names("person-3")).Select(one => one.Id).ToHashSet();
        var again = await log.AppendAsync([.. _sent.Where(one => !erased.Contains(one.Id))], cancellation);
        var taken = again.Results.Count(result => result.Outcome is not (AppendOutcome.Duplicate or AppendOutcome.Retracted));
        return taken > 0 ? $"{taken} interactions that are there were not known when they were sent again" : null;
    }

    private static (byte[] Bytes, string What) Damaged(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        var at = random.Next(bytes.Length);
        var page = random.Next(Math.Max(1, bytes.Length / PageBytes)) * PageBytes;
        var pageEnd = Math.Min(bytes.Length, page + PageBytes);
        switch (random.Next(7))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return (bytes, $"a bit of byte {at} flipped");
            case 2:
                random.NextBytes(bytes.AsSpan(at, Math.Min(random.Next(1, 64), bytes.Length - at)));
                return (bytes, $"bytes from {at} overwritten");
            case 3:
                Array.Clear(bytes, page, pageEnd - page);
                return (bytes, $"the page at {page} zeroed");
            case 4:
                var from = random.Next(Math.Max(1, bytes.Length / PageBytes)) * PageBytes;
                whole.AsSpan(from, Math.Min(pageEnd - page, bytes.Length - from)).CopyTo(bytes.AsSpan(page));
                return (bytes, $"the page at {page} overwritten with that at {from}");
            case 5:
                var half = random.Next(1, Math.Max(2, (pageEnd - page) / 512)) * 512;
                Array.Clear(bytes, page, Math.Min(half, pageEnd - page));
                return (bytes, $"the page at {page} torn after {half} bytes");
            default:
                return (bytes[..at], $"cut off at {at}");
        }
    }

    private IEnumerable<long> PositionsOf(string person) => _sent.Index().Where(one => one.Item.Names(person)).Select(one => one.Index + 1L)
        .Concat(_sent[10].Names(person) ? [_sent.Count + 1L] : []);

    private static EmbeddedPeople Fold(List<LogRecord> records)
    {
        var empty = RestoredFold.Empty();
        var people = new EmbeddedPeople(empty.Histories, empty.Profiles, empty.Boundaries, PeopleOptions.Default, empty.Naming);
        people.ApplyAsync(new RecordBatch(1, [.. records]), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return people;
    }

    private static string Summary(EmbeddedPeople people) => string.Join('|', Enumerable.Range(0, 40).Select(number =>
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"person-{number}");
        var ties = people.TiesAsync(id, 1_800_000_000_000, new TieRange(), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return ties is null
            ? "-" : string.Join(
            ',', ties.Select(tie => string.Create(CultureInfo.InvariantCulture, $"{tie.Person}:{tie.StrengthOut:R}:{tie.InteractionsIn}")));
    }));

    private static bool IsSame(LogRecord one, LogRecord other)
    {
        if (one.GetType() != other.GetType()) return false;
        return one is not Interaction interaction
            || InteractionFingerprint.Of(interaction) == InteractionFingerprint.Of((Interaction)other);
    }

    private static async Task<List<LogRecord>> AllAsync(SqliteLog log, CancellationToken cancellation)
    {
        var all = new List<LogRecord>();
        await foreach (var batch in log.ReadAsync(0, cancellation)) all.AddRange(batch.Records);
        return all;
    }

    private static Interaction Numbered(int number)
    {
        var from = number % 40;
        return new Interaction
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"damage-{number}"),
            AtMs = 1_700_000_000_000 + number * 60_000L,
            From = string.Create(CultureInfo.InvariantCulture, $"person-{from}"),
            To = [string.Create(CultureInfo.InvariantCulture, $"person-{(from + 1 + number / 40 % 39) % 40}")],
            Kind = (InteractionKind)(number % 2),
        };
    }
}

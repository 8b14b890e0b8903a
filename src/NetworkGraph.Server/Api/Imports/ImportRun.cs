using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Tables;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>How far an import is.</summary>
internal enum ImportRunState
{
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>
/// One import, from a file, folder or archive to the log: what the verb runs over a folder, and the server over what it is sent. A dry
/// run reads in the same way and writes nothing, so that both count the same. Counts may be read while it runs; the rest when it has ended.
/// </summary>
internal sealed class ImportRun
{
    private const int HashedBytes = 4096;
    private const int MaxHashedFiles = 1000;
    private const int MaxNameChars = 100;
    private const int MaxTables = 3;

    /// <summary>Nobody waits for an answer, so a log that is busy is given time.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time;
    private readonly ImportContext _context;

    /// <param name="request">What was asked for.</param>
    /// <param name="source">What is read; whoever opened it closes it when the import has ended.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onNotTaken">Told of every line that was not taken; null for nobody.</param>
    /// <param name="cancellation">Stops it after what is under way.</param>
    public ImportRun(ImportRequest request, ImportSource source, TimeProvider time, Action<RejectedLine>? onNotTaken,
        CancellationToken cancellation)
    {
        (Source, _time, Cancellation) = (source, time, cancellation);
        Plan = ImportPlan.Recognise(source, request.Format);
        var batch = request.Batch ?? BatchOf(source, request, time);
        Request = request with { Batch = batch, Options = request.Options with { Batch = batch } };
        Tally = new IngestTally((line, _) => onNotTaken?.Invoke(line));
        _context = new ImportContext(Request.Options, source.Name, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellation);
        StartedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>What was asked for, with the import's id.</summary>
    public ImportRequest Request { get; private set; }

    public ImportSource Source { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Unix ms.</summary>
    public long StartedAtMs { get; }

    /// <summary>When it ended, Unix ms; null while it runs.</summary>
    public long? EndedAtMs { get; private set; }

    public ImportPlan Plan { get; }

    public IngestTally Tally { get; }

    public ImportSummary Summary { get; } = new();

    public ImportReport Report => _context.Report;

    /// <summary>Ids of the owner, given or guessed.</summary>
    public IReadOnlyList<string> Me => _context.Me;

    public ImportRunState State { get; private set; }

    /// <summary>Why it failed, in words; null where it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Meetings that a calendar took back, and that counted until then.</summary>
    public int MeetingsRetracted { get; private set; }

    /// <summary>Ids that the source shows to be one person's, and that were not known to be.</summary>
    public int IdsMerged { get; private set; }

    /// <summary>What the log did not have before; null where nobody looked. Of a dry run.</summary>
    public (long Interactions, int People)? New { get; private set; }

    /// <summary>Columns of its tables of interactions, and of files that are of no known format and could be such tables.</summary>
    public IReadOnlyList<ImportColumnAnswer> Columns { get; private set; } = [];

    /// <summary>Whether the source brings imports of its own, and is none itself.</summary>
    public bool RestoresImports => Plan.Parts.Any(part => part.Format.RestoresLog);

    /// <summary>Whether its profiles are what they are from here on; else they add to what stands there.</summary>
    public bool ReplacesProfiles => Plan.Parts.All(part => part.Format is NdjsonFormat or PeopleCsvFormat);

    /// <summary>Formats, as a record of the import keeps them.</summary>
    public string FormatNames => string.Join('+', Plan.Parts.Select(part => part.Format.Name));

    /// <summary>
    /// Reads all of it, and writes it where it is to go; for a dry run nowhere. Says how it ended by its <see cref="State"/>.
    /// </summary>
    /// <param name="target">Where it goes; null for a dry run over no log.</param>
    /// <exception cref="LogUnavailableException">The log failed; what was accepted is kept.</exception>
    public async Task RunAsync(ImportTarget? target)
    {
        try
        {
            Columns = LookAtColumns();
            if (Plan.Parts.Count == 0) Fail(NothingRecognised());
            else if (Request.IsDryRun) await ReadAsync(target is null ? NowhereAsync : target.LookUpAsync, target);
            else await WriteAsync(target ?? throw new ArgumentNullException(nameof(target)));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            State = ImportRunState.Cancelled;
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Fail(failure.Message);
        }
        catch
        {
            Fail("The import could not go on.");
            throw;
        }
        finally
        {
            EndedAtMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        }
    }

    /// <summary>Gives a dry run an id of its own, before it runs.</summary>
    public void Rename(string id) => Request = Request with { Batch = id };

    private async Task WriteAsync(ImportTarget target)
    {
        await target.BeginAsync(this);
        var ended = false;
        try
        {
            await ReadAsync(target.AppendAsync, target);
            ended = true;
        }
        finally
        {
            if (!ended) Fail("The import could not go on.");
            await target.EndAsync(this);
        }
    }

    private async Task ReadAsync(AppendRecords append, ImportTarget? target)
    {
        var pump = new IngestPipeline(append, _time, new IngestPipelineOptions { Patience = s_patience, OneBatchWaits = true });
        using var rows = new ReadRows(Plan.Open(_context), Summary);
        // On another thread: where files and logs are quick enough, reading and parsing never wait.
        await Task.Run(() => pump.RunAsync(rows, Tally, Cancellation, CancellationToken.None), CancellationToken.None);
        if (Request.IsDryRun)
        {
            New = target?.New(Summary);
        }
        else if (Tally.WasReadToEnd && target is not null)
        {
            MeetingsRetracted = await target.RetractAsync(rows.Cancelled, Cancellation);
            IdsMerged = await target.MergeAsync([.. OwnersIds(), .. rows.SamePeople], Request.Batch!, Cancellation);
        }
        if (Tally.WasStopped) State = ImportRunState.Cancelled;
        else if (Tally.Unreadable is { } unreadable)
            Fail($"{Source.Name} could not be parsed past line {unreadable.Line}: {Reason(unreadable)}.");
        else if (Tally.OverloadedAtLine > 0)
            Fail($"The log stayed at capacity; nothing was kept from line {Tally.OverloadedAtLine} on. Importing the file again goes on "
                + $"from there.");
        else State = ImportRunState.Done;
    }

    private List<ImportColumnAnswer> LookAtColumns()
    {
        if (Request.Options.Mapping is not null) return [];
        var tables = Plan.Parts.Where(part => part.Format is CsvFormat).SelectMany(part => part.Files).ToList();
        if (Plan.Parts.Count == 0 && Source.Files.Count == 1) tables = [.. Source.Files];
        return [.. tables.Take(MaxTables).SelectMany(file => TableColumns.Of(file, Request.Options.Csv, Cancellation)).Select(
            ImportColumnAnswer.Of)];
    }

    /// <summary>Who names several ids as their own says that these are one person's.</summary>
    private IEnumerable<SamePerson> OwnersIds() =>
        Request.Options.Me.Count > 1 ? _context.Me.Skip(1).Select(id => new SamePerson(_context.Me[0], id, "")) : [];

    private static string Reason(Unreadable unreadable) =>
        unreadable.Cause?.Message
            ?? (unreadable.Field == InteractionFields.Line ? $"it {unreadable.Reason}" : $"{unreadable.Field} {unreadable.Reason}");

    private static ValueTask<AppendAnswer> NowhereAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation) =>
        ValueTask.FromResult(new AppendAnswer(records.Count, 0, []));

    private void Fail(string failure)
    {
        State = ImportRunState.Failed;
        Failure ??= failure;
    }

    private string NothingRecognised()
    {
        var names = string.Join(", ", ImportPlan.FormatNames.Skip(1));
        return Source.Files.Count == 1
            ? $"{Source.Name} is not in a known format. Name one ({names})."
            : $"None of the {Source.Files.Count} files in {Source.Name} is in a known format ({names}).";
    }

    /// <summary>
    /// An id for the import: the same for the same file, also after more was appended to it, so that importing it again adds to the
    /// same import. What has no name is an import of its own each time.
    /// </summary>
    private static string BatchOf(ImportSource source, ImportRequest request, TimeProvider time)
    {
        if (request.FileName is null)
            return "stdin-" + time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The same file with another key is another import: each key sees and undoes its own.
        if (request.Options.Key is { } key) hash.AppendData(Encoding.UTF8.GetBytes(key));
        foreach (var file in source.Files.Take(MaxHashedFiles))
        {
            if (source.Files.Count > 1) hash.AppendData(Encoding.UTF8.GetBytes(file.Path));
            else hash.AppendData(file.Head[..Math.Min(file.Head.Length, HashedBytes)]);
        }
        var name = ItemBuilder.Text(source.Name, MaxNameChars) ?? "import";
        return $"{name}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..8]}";
    }
}

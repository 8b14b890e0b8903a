using System.Diagnostics.Metrics;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Api.AccessRecords;

/// <summary>
/// Who has asked about whom: each answer to an analyst, a team or an assistant that names people is noted, once a day for each caller,
/// operation and person, and appended to the log in batches a second apart. Silent about people's own keys, administrators, the safety
/// role, and all that concerns blocks and reports. Where the log is at capacity, notes wait.
/// </summary>
internal sealed partial class AccessLog(
    IInteractionLog log, KeyRing keys, AccessRetention retention, TimeProvider time, ILogger<AccessLog> logger) : BackgroundService
{
    /// <summary>The role of whoever asks through the Model Context Protocol.</summary>
    public const string Assistant = "assistant";

    private const int BatchSize = 512;
    private const int MaxRemembered = 1 << 20;
    private const long DayMs = 86_400_000;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    private readonly Lock _noting = new();
    private readonly Dictionary<(string Role, string? Key, string Operation), HashSet<string>> _today = [];
    private readonly List<string> _named = [];
    private List<LogRecord> _waiting = [];
    private int _remembered;
    private long _day;

    private long _recorded;

    /// <summary>Notes recorded so far.</summary>
    public long Recorded => Volatile.Read(ref _recorded);

    /// <summary>The role in which a viewer's questions are noted; null where they are not.</summary>
    public static string? RoleOf(Viewer viewer)
    {
        if (viewer.MayDoAll || (viewer.Scopes & (Scopes.Safety | Scopes.Admin)) != 0) return null;
        return (viewer.Scopes & Scopes.Analyst) != 0 ? "analyst" : null;
    }

    /// <summary>Whether anything is recorded: nothing is where it would not be shown.</summary>
    public bool IsOn => retention.KeptDays > 0;

    /// <summary>Notes whom an answer names.</summary>
    /// <param name="viewer">Who asked.</param>
    /// <param name="role">In which role.</param>
    /// <param name="operation">What they asked.</param>
    /// <param name="answer">What they were answered.</param>
    public void Note(Viewer viewer, string role, string operation, object answer)
    {
        if (!IsOn) return;
        lock (_noting)
        {
            _named.Clear();
            NamedPeople.Collect(answer, _named);
            if (_named.Count == 0) return;
            var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            ForgetYesterday(nowMs);
            if (!_today.TryGetValue((role, viewer.KeyId, operation), out var known)) _today.Add((role, viewer.KeyId, operation),
                known = new HashSet<string>(StringComparer.Ordinal));
            foreach (var person in _named)
            {
                if (person == viewer.Person || !known.Add(person)) continue;
                _remembered++;
                _waiting.Add(Record(viewer, role, operation, person, nowMs));
            }
        }
    }

    /// <summary>The record that somebody was asked about, for what is appended at once.</summary>
    public AccessRecorded Record(Viewer viewer, string role, string operation, string person, long nowMs) => new()
    {
        AtMs = nowMs,
        Person = person,
        Role = role,
        KeyName = viewer.KeyId is { } key ? keys.NameOf(key) ?? key : "",
        Operation = operation,
    };

    /// <summary>Appends what waits; returns when it is durable.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        List<LogRecord> batch;
        lock (_noting)
        {
            if (_waiting.Count == 0) return;
            (batch, _waiting) = (_waiting, []);
        }
        for (var done = 0; done < batch.Count;)
        {
            var chunk = batch.GetRange(done, Math.Min(BatchSize, batch.Count - done));
            if ((await log.AppendAsync(chunk, cancellation)).Overloaded)
            {
                lock (_noting) _waiting.InsertRange(0, batch.GetRange(done, batch.Count - done));
                return;
            }
            done += chunk.Count;
            Interlocked.Add(ref _recorded, chunk.Count);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryFlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var meter = new Meter(Tracing.SourceName);
        meter.CreateObservableCounter("networkgraph.access.recorded", () => Recorded, "{record}",
            "Records of who asked about whom since the start.");
        using var timer = new PeriodicTimer(s_every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryFlushAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What waits is appended by StopAsync.
        }
    }

    private async Task TryFlushAsync(CancellationToken cancellation)
    {
        try
        {
            await FlushAsync(cancellation);
        }
        catch (LogUnavailableException unavailable)
        {
            LogLost(unavailable.Message);
        }
    }

    private void ForgetYesterday(long nowMs)
    {
        var day = nowMs / DayMs;
        if (day == _day && _remembered < MaxRemembered) return;
        (_day, _remembered) = (day, 0);
        _today.Clear();
    }

    [LoggerMessage(1301, LogLevel.Warning, "Who asked about people could not be recorded: {Reason}")]
    private partial void LogLost(string reason);
}

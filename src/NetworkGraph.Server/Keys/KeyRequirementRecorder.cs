using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Keys;

/// <summary>Records in the log that keys are required, once there is a key file. Tries again until it is recorded.</summary>
internal sealed partial class KeyRequirementRecorder(
    KeyRing keys, IInteractionLog log, TimeProvider time, ILogger<KeyRequirementRecorder> logger) : BackgroundService
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1);
    private bool _hasFailed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (keys.AreRequiredByLog) return;
        try
        {
            while (!keys.IsOn || !await TryRecordAsync()) await Task.Delay(s_lookEvery, time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever starts next records it.
        }
    }

    private async Task<bool> TryRecordAsync()
    {
        try
        {
            var required = new KeysRequirement { AtMs = time.GetUtcNow().ToUnixTimeMilliseconds(), Stands = true };
            var receipt = await log.AppendAsync([required], CancellationToken.None);
            return !receipt.Overloaded;
        }
        catch (LogUnavailableException failure)
        {
            if (!_hasFailed) LogNotRecorded(failure.Message);
            _hasFailed = true;
            return false;
        }
    }

    [LoggerMessage(1105, LogLevel.Error,
        "That keys are required could not be recorded in the log; it is tried again every second. {Reason}")]
    private partial void LogNotRecorded(string reason);
}

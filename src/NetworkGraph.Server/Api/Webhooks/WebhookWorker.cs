using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Outreach;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Api.Webhooks;

/// <summary>Sends webhooks once the log is folded, for as long as the server runs. Where the log fails they stop, and go on when the
/// server does.</summary>
internal sealed partial class WebhookWorker(
    IInteractionLog log, OutreachStore outreach, LogFold fold, WebhookSecrets secrets, KeyRing keys, WebhookPolicy policy,
        TimeProvider time, ILogger<WebhookWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await fold.Ready.WaitAsync(stoppingToken);
            using var sender = new WebhookSender(log, outreach, secrets, ViewerOf, WebhookTargets.Handler(policy.ToPrivate), time);
            await sender.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
        catch (Exception failure) when (failure is LogUnavailableException or ObjectDisposedException)
        {
            LogFailed(failure.Message);
        }
    }

    /// <summary>Without keys everyone may see everything; once keys are asked for, what was made without one ends.</summary>
    private Viewer? ViewerOf(string? key) => key is null ? (keys.IsOn ? null : Viewer.Admin) : keys.IsOn ? keys.ViewerOfId(key)
        : Viewer.Admin;

    [LoggerMessage(1801, LogLevel.Debug, "Webhooks are sent no more: the server stops.")]
    private partial void LogStopped();

    [LoggerMessage(1802, LogLevel.Error, "Webhooks are sent no more: {Reason}")]
    private partial void LogFailed(string reason);
}

using System.Globalization;
using Spectre.Console;

namespace NetworkGraph.Server.Verbs;

/// <summary>How far an import is: a bar on a terminal, a line now and then elsewhere. On the error stream.</summary>
/// <param name="progress">Rows dealt with, bytes read, and bytes there are; 0 for unknown.</param>
/// <param name="time">The clock.</param>
/// <param name="errors">Where it is shown.</param>
internal sealed class ImportProgress(Func<(long Rows, long Bytes, long OfBytes)> progress, TimeProvider time, TextWriter errors)
{
    private static readonly TimeSpan s_barEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_lineEvery = TimeSpan.FromSeconds(5);
    private readonly long _started = time.GetTimestamp();

    private TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Bytes of the file; null where it is not known.</summary>
    private long? Length => progress().OfBytes is > 0 and var length ? length : null;

    private string Rate =>
        string.Create(CultureInfo.InvariantCulture, $"{progress().Rows / Math.Max(Elapsed.TotalSeconds, 0.001):N0} rows/s");

    /// <summary>Shows the progress of work until it ends.</summary>
    public async Task ShowAsync(Task work)
    {
        if (Console.IsErrorRedirected || !ReferenceEquals(errors, Console.Error)) await ShowLinesAsync(work);
        else await ShowBarAsync(work);
        await work;
    }

    private async Task ShowLinesAsync(Task work)
    {
        using var timer = new PeriodicTimer(s_lineEvery, time);
        while (await IsGoingOnAsync(work, timer))
        {
            var share = Length is { } length ? $", {Share(length):P0} of the file" : "";
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{progress().Rows:N0} rows{share}, {Rate}{Left()}"));
        }
    }

    private Task ShowBarAsync(Task work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(errors) });
        var bar = console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn());
        return bar.StartAsync(async shown =>
        {
            var task = shown.AddTask("Importing", maxValue: 1);
            task.IsIndeterminate = Length is null;
            using var timer = new PeriodicTimer(s_barEvery, time);
            while (await IsGoingOnAsync(work, timer))
            {
                task.Description = string.Create(CultureInfo.InvariantCulture, $"{progress().Rows:N0} rows, {Rate}{Left()}");
                if (Length is { } length) task.Value = Share(length);
            }
        });
    }

    private static async Task<bool> IsGoingOnAsync(Task work, PeriodicTimer timer) =>
        await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask()) != work;

    private double Share(long length) => length == 0 ? 1 : Math.Min(1, (double)progress().Bytes / length);

    private string Left()
    {
        var share = Length is { } length ? Share(length) : 0;
        // Of the first hundredth nothing can be said yet.
        return share is <= 0.01 or >= 1
            ? "" : string.Create(CultureInfo.InvariantCulture, $", {Elapsed * ((1 - share) / share):hh\\:mm\\:ss} left");
    }
}

using System.Diagnostics;

namespace NetworkGraph.LoadTests.Log;

/// <summary>Runs a command of this program in a process of its own, watches its lines, and kills it without warning.</summary>
public static class KilledProcess
{
    /// <summary>
    /// Starts the command and hands over its lines until <paramref name="isMoment"/> says that the moment has come; kills
    /// the process (SIGKILL) and hands over what it had still printed, whole lines only. Its errors go to <paramref name="errors"/>.
    /// </summary>
    public static async Task RunAsync(
        string[] arguments, Action<string> line, Func<bool> isMoment, TextWriter errors, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(KilledProcess).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        try
        {
            process.ErrorDataReceived += (_, said) =>
            {
                if (said.Data is not null) errors.WriteLine(said.Data);
            };
            process.BeginErrorReadLine();
            while (!isMoment() && await process.StandardOutput.ReadLineAsync(cancellation) is { } before) line(before);
            process.Kill(entireProcessTree: true);
            var rest = await process.StandardOutput.ReadToEndAsync(cancellation);
            // A line without its end was cut off by the kill.
            foreach (var after in rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)) line(after);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}

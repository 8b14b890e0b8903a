using System.CommandLine;

namespace NetworkGraph.Server.Verbs;

/// <summary>Runs the verb a command line names.</summary>
public static class CommandLine
{
    /// <summary>How long a verb may take to end after Ctrl+C or SIGTERM before the process is ended regardless.</summary>
    private static readonly TimeSpan s_terminationTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Says why nothing can be run here; the exit code for it.</summary>
    public static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return ExitCodes.Failed;
    }

    /// <summary>
    /// Every mistake in <paramref name="args"/> is named on the error stream; the exit code is then <see cref="ExitCodes.Usage"/>.
    /// </summary>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = s_terminationTimeout });
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync("--help lists the verbs and options.");
        return ExitCodes.Usage;
    }
}

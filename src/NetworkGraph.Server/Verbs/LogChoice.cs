using System.CommandLine;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Verbs;

/// <summary>The options that say which log is meant, for every verb that opens one.</summary>
internal static class LogChoice
{
    public static readonly Option<string?> Log = new("--log")
    {
        Description = "'sqlite' (default) keeps the log in the data folder, 'postgres' in a PostgreSQL database; the folder then "
            + "holds checkpoints.",
        HelpName = "sqlite|postgres",
    };

    public static readonly Option<string?> Postgres = new("--postgres")
    {
        Description = "How to reach PostgreSQL: 'Host=...;Database=...;Username=...;Password=...'. The environment "
            + "(NETWORKGRAPH__POSTGRES) keeps a password off the command line.",
        HelpName = "connection",
    };

    /// <summary>The settings that were given on the command line.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Of(ParseResult parsed)
    {
        if (parsed.GetValue(Log) is { } log) yield return new($"{ServerOptions.Section}:{nameof(ServerOptions.Log)}", log);
        if (parsed.GetValue(Postgres) is { } postgres)
            yield return new($"{ServerOptions.Section}:{nameof(ServerOptions.Postgres)}", postgres);
    }
}

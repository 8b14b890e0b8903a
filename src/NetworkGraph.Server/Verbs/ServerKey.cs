using System.CommandLine;

namespace NetworkGraph.Server.Verbs;

/// <summary>The API key that a verb sends to a server.</summary>
internal static class ServerKey
{
    private const string Variable = "NETWORKGRAPH_KEY";

    public static readonly Option<string?> Key = new(
        "--key")
    {
        Description = $"The API key for --server (default: the environment variable {Variable}, where others cannot see it).",
        HelpName = "key"
    };

    public static string? Of(ParseResult parsed) =>
        parsed.GetValue(Key) ?? Environment.GetEnvironmentVariable(Variable) switch { "" => null, var key => key };
}

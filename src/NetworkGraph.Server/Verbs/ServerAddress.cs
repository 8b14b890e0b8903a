namespace NetworkGraph.Server.Verbs;

/// <summary>The address of a server that a verb is told to ask.</summary>
internal static class ServerAddress
{
    /// <summary>With a slash at its end; null where none was given, or where it is no address, which is said.</summary>
    public static Uri? Read(string? text, List<string> errors)
    {
        if (text is null) return null;
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var server) && server.Scheme is "http" or "https") return server;
        errors.Add($"--server '{text}' is not an http or https address.");
        return null;
    }
}

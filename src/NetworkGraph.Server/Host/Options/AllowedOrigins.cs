namespace NetworkGraph.Server.Host.Options;

/// <summary>Origins of web pages, as browsers send them: scheme, host, and port where it is not the scheme's own.</summary>
internal static class AllowedOrigins
{
    /// <summary>Pages of every origin.</summary>
    public const string Any = "*";

    /// <summary>Parses a list separated by ';'; what is invalid is named in <paramref name="errors"/>.</summary>
    public static List<string> ParseAll(string origins, List<string> errors)
    {
        var parsed = new List<string>();
        foreach (var text in origins.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (text == Any)
                parsed.Add(text);
            else if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/"
                && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0)
                parsed.Add(uri.GetLeftPart(UriPartial.Authority));
            else
                errors.Add($"'{text}' is not an origin like https://dashboard.example.org (scheme, host and port, no path).");
        }
        return parsed;
    }
}

using System.Net;

namespace NetworkGraph.Server.Host.Options;

/// <summary>One address to listen on. <see cref="Ip"/> is null for localhost (both families).</summary>
internal sealed record ListenAddress(string Text, bool IsHttps, IPAddress? Ip, int Port)
{
    public bool IsLoopback => Ip is null || IPAddress.IsLoopback(Ip);

    /// <summary>Parses a list separated by ';'; what is invalid is named in <paramref name="errors"/>.</summary>
    public static List<ListenAddress> ParseAll(string urls, List<string> errors)
    {
        var addresses = new List<ListenAddress>();
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Parse(url, out var error) is { } address) addresses.Add(address);
            else errors.Add(error);
        }
        return addresses;
    }

    private static ListenAddress? Parse(string url, out string error)
    {
        error = $"'{url}' is not an address like http://127.0.0.1:5080.";
        var text = url.Contains("://", StringComparison.Ordinal) ? url : "http://" + url;
        var https = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!https && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) return null;
        var authority = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/');
        // '+' and '*' are the customary words for "every address of this machine".
        if (authority.StartsWith('+') || authority.StartsWith('*')) authority = "[::]" + authority[1..];
        if (!Uri.TryCreate($"http://{authority}", UriKind.Absolute, out var parsed)
            || parsed.PathAndQuery != "/" || parsed.UserInfo.Length > 0 || authority.Length == 0)
            return null;
        var port = https && !authority.EndsWith($":{parsed.Port}", StringComparison.Ordinal) ? 443 : parsed.Port;
        if (parsed.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            if (port != 0) return new ListenAddress(text, https, null, port);
            error = $"'{url}': a port of 0 (any free one) needs an IP address, such as 127.0.0.1:0.";
            return null;
        }
        if (IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var ip)) return new ListenAddress(text, https, ip, port);
        error = $"'{url}' names a host; listen on an IP address or on localhost.";
        return null;
    }
}

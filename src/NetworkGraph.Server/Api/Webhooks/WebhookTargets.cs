using System.Net;
using System.Net.Sockets;

namespace NetworkGraph.Server.Api.Webhooks;

/// <summary>Where webhooks may go: to public addresses, and to private ones only where the server is told so. Looked at again when a
/// connection is made.</summary>
internal static class WebhookTargets
{
    /// <summary>Why a URL is no target; null where it is one as far as its text tells.</summary>
    public static string? WhyNot(string? url, bool allowsPrivate)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("https" or "http")
            || target.Host.Length == 0) return "must be an http or https address";
        if (target.UserInfo.Length > 0) return "must not hold a user or password";
        if (url.Length > 2000) return "is longer than 2000 characters";
        if (allowsPrivate) return null;
        if (target.Scheme != "https") return "must be https";
        if (target.IsLoopback || (IPAddress.TryParse(target.Host.Trim('[', ']'), out var ip)
            && IsPrivate(ip))) return "is a private address; WebhooksToPrivate allows those";
        return null;
    }

    /// <summary>Why none of a host's addresses may be connected to; null with the addresses that may.</summary>
    public static async Task<(IPAddress[] Addresses, string? Reason)> ResolveAsync(string host, bool allowsPrivate,
        CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var ip) ? [ip] : await Dns.GetHostAddressesAsync(host, cancellation);
        // One private address among public ones may be a trick: then none is used.
        if (!allowsPrivate && Array.Exists(addresses, IsPrivate)) return ([], "resolves to a private address");
        return (addresses, addresses.Length == 0 ? "has no address" : null);
    }

    /// <summary>A client that connects only to what <see cref="ResolveAsync"/> lets through, follows no redirects and uses no
    /// proxy.</summary>
    public static HttpMessageHandler Handler(bool allowsPrivate) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = async (context, cancellation) =>
        {
            var (addresses, reason) = await ResolveAsync(context.DnsEndPoint.Host, allowsPrivate, cancellation);
            if (reason is not null) throw new HttpRequestException($"The host {reason}.");
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    /// <summary>Loopback, link-local, private, shared, multicast and reserved addresses, also as IPv4 within IPv6.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            return bytes[0] is 0 or 10 or 127 or >= 224 || (bytes[0] == 100 && bytes[1] is >= 64 and < 128) || (bytes[0] == 169
                && bytes[1] == 254)
                || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 192
                    && bytes[1] == 0 && bytes[2] is 0 or 2)
                || (bytes[0] == 198 && bytes[1] is 18 or 19) || (bytes[0] == 198 && bytes[1] == 51) || (bytes[0] == 203 && bytes[1] == 0
                    && bytes[2] == 113);
        }
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any) || address.IsIPv6LinkLocal || address.IsIPv6SiteLocal
            || address.IsIPv6Multicast || address.IsIPv6UniqueLocal) return true;
        // 64:ff9b::/96 and 2002::/16 carry an IPv4 address inside.
        if (bytes[0] == 0x20 && bytes[1] == 0x02) return IsPrivate(new IPAddress(bytes.AsSpan(2, 4)));
        return bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == 0xff && bytes[3] == 0x9b && IsPrivate(new IPAddress(bytes.AsSpan(12, 4)));
    }
}

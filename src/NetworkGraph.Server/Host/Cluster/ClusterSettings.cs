using System.Net;

namespace NetworkGraph.Server.Host.Cluster;

/// <summary>What a silo of a cluster does.</summary>
public enum SiloRole
{
    /// <summary>Owns people and answers requests.</summary>
    Shards,

    /// <summary>Owns nobody and answers requests.</summary>
    Api,
}

/// <summary>How a process takes part in a cluster: the settings <c>NetworkGraph:Cluster</c>.</summary>
public sealed record ClusterSettings
{
    /// <summary>One silo of many over a log in PostgreSQL, instead of the only one.</summary>
    public bool Enabled { get; init; }

    public SiloRole Role { get; init; } = SiloRole.Shards;

    /// <summary>The name that all silos of one cluster share, 1 to 64 characters.</summary>
    public string Id { get; init; } = "networkgraph";

    /// <summary>The IP address by which the other silos reach this one. Loopback is for several silos on one machine.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port by which the other silos reach this one.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Errors, each one line that names the setting.</summary>
    public IEnumerable<string> Validate()
    {
        if (Id.Length is 0 or > 64) yield return $"Cluster:{nameof(Id)} (--cluster-id) has 1 to 64 characters.";
        if (!IPAddress.TryParse(Address, out var address)) yield return $"Cluster:{nameof(Address)} (--address) '{Address}' is not an IP address.";
        else if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            yield return $"Cluster:{nameof(Address)} (--address) '{Address}' is not an address by which other silos could reach this one; it listens on all addresses anyway.";
        if (SiloPort is < 1 or > 65535) yield return $"Cluster:{nameof(SiloPort)} (--silo-port) {SiloPort} is not between 1 and 65535.";
    }
}

using System.ComponentModel.DataAnnotations;
using System.Net;

namespace NetworkGraph.Server.Host.Options;

/// <summary>What a silo of a cluster does.</summary>
public enum SiloRole
{
    /// <summary>Owns people and answers requests.</summary>
    Shards,

    /// <summary>Owns no people and answers requests.</summary>
    Api,
}

/// <summary>How a process takes part in a cluster: the settings <c>NetworkGraph:Cluster</c>.</summary>
public sealed record ClusterSettings : IValidatableObject
{
    /// <summary>One silo of many over a log in PostgreSQL, instead of the only one.</summary>
    public bool Enabled { get; init; }

    public SiloRole Role { get; init; } = SiloRole.Shards;

    /// <summary>The name that all silos of one cluster share, 1 to 64 characters.</summary>
    [Display(Name = "Id (--cluster-id)"), StringLength(64, MinimumLength = 1)]
    public string Id { get; init; } = "networkgraph";

    /// <summary>The IP address by which the other silos reach this one. Loopback is for several silos on one machine.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port by which the other silos reach this one.</summary>
    [Display(Name = "SiloPort (--silo-port)"), Range(1, 65535)]
    public int SiloPort { get; init; } = 11111;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out var address))
            yield return new ValidationResult($"{nameof(Address)} (--address) '{Address}' is not an IP address.");
        else if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            yield return new ValidationResult(
                $"{nameof(Address)} (--address) '{Address}' is not an address by which other silos could reach this one; it listens on "
                + $"all addresses anyway.");
    }
}

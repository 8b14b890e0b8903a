using System.Globalization;
using System.Net;

namespace NetworkGraph.Cluster;

/// <summary>How a process takes part in the cluster: section <c>Cluster</c> of the configuration.</summary>
public sealed record ClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>Silos and gateways of one cluster name it alike.</summary>
    public string Id { get; init; } = "networkgraph";

    /// <summary>The address by which the other silos reach this one. The loopback is for several silos on one machine.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Where silos talk to this one.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Where gateways talk to this silo.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>A person nobody asked about for so long leaves memory.</summary>
    public int IdleMinutes { get; init; } = 10;

    /// <summary>Reads and checks the settings; every error is one line that names the setting.</summary>
    public static (ClusterOptions Options, IReadOnlyList<string> Errors) Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var errors = new List<string>();
        string[] names = [nameof(Id), nameof(Address), nameof(SiloPort), nameof(GatewayPort), nameof(IdleMinutes)];
        errors.AddRange(section.GetChildren().Where(given => !names.Contains(given.Key, StringComparer.OrdinalIgnoreCase))
            .Select(given => $"{Section}:{given.Key} is not a setting; there are {string.Join(", ", names)}."));
        var defaults = new ClusterOptions();
        var options = new ClusterOptions
        {
            Id = section[nameof(Id)] ?? defaults.Id,
            Address = section[nameof(Address)] ?? defaults.Address,
            SiloPort = Number(nameof(SiloPort), defaults.SiloPort, 1, 65535),
            GatewayPort = Number(nameof(GatewayPort), defaults.GatewayPort, 1, 65535),
            IdleMinutes = Number(nameof(IdleMinutes), defaults.IdleMinutes, 1, 1440),
        };
        if (options.Id.Length is 0 or > 64) errors.Add($"{Section}:{nameof(Id)} (--cluster) has 1 to 64 characters.");
        if (!IPAddress.TryParse(options.Address, out var address)) errors.Add($"{Section}:{nameof(Address)} (--address) '{options.Address}' is no IP address.");
        else if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            errors.Add($"{Section}:{nameof(Address)} (--address) '{options.Address}' is no address that others could reach this silo by; it listens on all addresses anyway.");
        if (options.SiloPort == options.GatewayPort) errors.Add($"{Section}:{nameof(SiloPort)} (--silo-port) and {nameof(GatewayPort)} (--gateway-port) are both {options.SiloPort}.");
        return (options, errors);

        int Number(string name, int otherwise, int least, int most)
        {
            if (section[name] is not { } text) return otherwise;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
            errors.Add($"{Section}:{name} '{text}' is not a whole number from {least} to {most}.");
            return otherwise;
        }
    }
}

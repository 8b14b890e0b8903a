using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Api.LiveSources;

/// <summary>The sources of the configuration, by their names in order.</summary>
internal sealed class LiveSourceList(IReadOnlyDictionary<string, SourceSettings> settings)
{
    public IReadOnlyList<LiveSource> Sources { get; } =
        [.. settings.OrderBy(source => source.Key, StringComparer.Ordinal).Select(
            source => new LiveSource(source.Key.ToLowerInvariant(), source.Value))];
}

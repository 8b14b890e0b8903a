using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.Server.Options;

namespace NetworkGraph.Server;

/// <summary>
/// What a host puts in place of the embedded parts, or adds to them: the seam by which the same API is served from a
/// cluster. The default is the embedded server.
/// </summary>
public sealed record HostParts
{
    public static readonly HostParts Embedded = new();

    /// <summary>Opens the log; the node closes it.</summary>
    public Func<IServiceProvider, CancellationToken, Task<IInteractionLog>> OpenLog { get; init; } = static (services, cancellation) =>
        ConfiguredLog.OpenAsync(services.GetRequiredService<ServerOptions>(), services.GetRequiredService<TimeProvider>(), cancellation);

    /// <summary>
    /// Who answers for people, from the position on up to which the log is folded already. Everything is folded into the
    /// people of this process whoever answers.
    /// </summary>
    public Func<IServiceProvider, EmbeddedPeople, long, IPeopleHost> HostPeople { get; init; } = static (_, people, _) => people;

    /// <summary>Adds services, after the server's own: started after the node, stopped before it.</summary>
    public Action<WebApplicationBuilder> AddServices { get; init; } = static _ => { };

    /// <summary>Maps what is served besides the operations of the server.</summary>
    public Action<IEndpointRouteBuilder> MapMore { get; init; } = static _ => { };

    /// <summary>Names of further meters.</summary>
    public IReadOnlyList<string> Meters { get; init; } = [];

    /// <summary>Names of further sources of activities.</summary>
    public IReadOnlyList<string> ActivitySources { get; init; } = [];
}

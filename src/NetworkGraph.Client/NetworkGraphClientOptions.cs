namespace NetworkGraph.Client;

/// <summary>Where a server is, and how to ask it.</summary>
public sealed record NetworkGraphClientOptions
{
    /// <summary>The server's gRPC address: http://127.0.0.1:5081.</summary>
    public Uri Address { get; init; } = new("http://127.0.0.1:5081");

    /// <summary>The key to send with every call; null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How often a call is tried in all where the server is away or busy, 1 to 5.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How long the first wait between two attempts is; each further one is twice as long, ten seconds at most.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The clock by which is waited.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the connections; null for the default. For tests and proxies.</summary>
    public HttpMessageHandler? Handler { get; init; }
}

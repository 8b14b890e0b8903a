using System.Globalization;
using System.Security.Cryptography;

namespace NetworkGraph.Server.Api.Live;

/// <summary>
/// Numbers of live events: higher is later, also over restarts of the server, since they begin at the second of its start; whole
/// numbers below 2^53, which JSON readers take without loss. The lowest bits tell the runs of servers apart, so that the id of
/// another server is not taken for one of this.
/// </summary>
internal sealed class LiveIds
{
    private const int PerSecond = 4096;
    private const int Runs = 1024;
    private readonly int _run = RandomNumberGenerator.GetInt32(Runs);
    private readonly long _first;
    private long _last;

    public LiveIds(TimeProvider time) => _first = _last = time.GetUtcNow().ToUnixTimeSeconds() * PerSecond;

    /// <summary>One caller at a time.</summary>
    public long Next() => ++_last * Runs + _run;

    /// <summary>Reads an id that this run has given out; false for anything else.</summary>
    public bool TryRead(string text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id % Runs == _run && id / Runs > _first
            && id / Runs <= _last;
}

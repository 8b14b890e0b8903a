using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace NetworkGraph.LoadTests.Fuzz;

/// <summary>What came of it: how many requests and lines, the answers by status, the slowest one, and what must not happen.</summary>
internal sealed record FuzzReport(
    long Requests, long Lines, IReadOnlyDictionary<int, long> Statuses, TimeSpan Slowest, IReadOnlyList<string> Faults)
{
    public override string ToString()
    {
        var statuses = string.Join(", ", Statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value:N0}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"{Requests:N0} requests, {Lines:N0} lines; {statuses}; slowest {Slowest.TotalMilliseconds:N0} ms; ")
            + $"{Faults.Count} faults{string.Concat(Faults.Take(20).Select(fault => $"{Environment.NewLine}  {fault}"))}";
    }
}

/// <summary>
/// Question: is there a request that the server fails on, or hangs on?
/// Method: every operation of the server's own API document is asked again and again with parameters and bodies that the seed makes:
/// valid ones, snares, broken ones; and lines of interactions, valid and broken, are sent in bulk. No answer may be of the 500s (but
/// for what says that it is not ready or not available), none may take longer than five seconds, and the server must be ready
/// at the end. The same seed sends the same.
/// </summary>
internal sealed class DoorFuzz(HttpClient http, int seed)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private static readonly string[] s_snares =
    [
        "", " ", "ann@fuzz.example", "bob@fuzz.example", "eve@fuzz.example", "https://www.linkedin.com/in/ann", "%00", "\u0000", "\uFFFE",
        "\u202E", "\uD83D", "../../etc/passwd",
        "0", "-1", "1", "100", "1000", "1001", "9223372036854775807", "-9223372036854775808", "1e308", "NaN", "Infinity", "0.5",
        "1.0000000001", "true", "false", "null",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01", "1767225600000",
        "now", "message", "meeting", "active", "dormant",
        "a;b;c", "a,b", "'; DROP TABLE batches; --", "<script>", "=1+1", "{}", "[]", "\"", "\\", "*", "?", "&", "#", "ü", "é", "漢字", "🙂",
        "\r\nX: y", "cursor", "eyJhIjoxfQ", "AAAA",
    ];

    private readonly Random _random = new(seed);
    private readonly SortedDictionary<int, long> _statuses = [];
    private readonly List<string> _faults = [];
    private long _requests;
    private long _lines;
    private TimeSpan _slowest;

    /// <summary>Sends so many requests, and so many lines of interactions beside them.</summary>
    public async Task<FuzzReport> RunAsync(long requests, long lines, CancellationToken cancellation)
    {
        var operations = await OperationsAsync(cancellation);
        await SendAsync(Ndjson(20, broken: false), cancellation);
        for (var i = 0L; i < requests && _faults.Count < 100; i++)
            await SendAsync(Made(operations[_random.Next(operations.Count)]), cancellation);
        while (_lines < lines && _faults.Count < 100) await SendAsync(Ndjson(1000, broken: true), cancellation);
        using var ready = await http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellation);
        if (!ready.IsSuccessStatusCode) _faults.Add($"At the end the server is not ready: {(int)ready.StatusCode}");
        return new FuzzReport(_requests, _lines, _statuses, _slowest, _faults);
    }

    private sealed record FuzzedOperation(
        HttpMethod Method, string Path, IReadOnlyList<(string Name, bool InPath)> Parameters, IReadOnlyList<string> Bodies);

    private async Task<List<FuzzedOperation>> OperationsAsync(CancellationToken cancellation)
    {
        await using var stream = await http.GetStreamAsync(new Uri("openapi/v1.json", UriKind.Relative), cancellation);
        using var document = await JsonDocument.ParseAsync(stream, default, cancellation);
        var operations = new List<FuzzedOperation>();
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                // The live feed has no end.
                if (operation.Name is "parameters" || path.Name.EndsWith("/live", StringComparison.Ordinal)) continue;
                var parameters = operation.Value.TryGetProperty("parameters", out var given)
                    ? given.EnumerateArray()
                        .Where(one => one.TryGetProperty("name", out _))
                        .Select(one => (one.GetProperty("name").GetString()!, one.GetProperty("in").GetString() == "path"))
                        .ToList()
                    : [];
                var bodies = operation.Value.TryGetProperty("requestBody", out var body) && body.TryGetProperty("content", out var content)
                    ? content.EnumerateObject().Select(one => one.Name).ToList()
                    : [];
                operations.Add(new FuzzedOperation(new HttpMethod(operation.Name.ToUpperInvariant()), path.Name, parameters, bodies));
            }
        }
        return operations;
    }

    private HttpRequestMessage Made(FuzzedOperation operation)
    {
        var path = operation.Path;
        var query = new StringBuilder();
        foreach (var (name, inPath) in operation.Parameters)
        {
            if (inPath) path = path.Replace($"{{{name}}}", Escaped(Value()), StringComparison.Ordinal);
            else if (_random.Next(3) == 0) query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Escaped(Value()));
        }
        if (_random.Next(20) == 0) query.Append(query.Length == 0 ? '?' : '&').Append(Escaped(Value())).Append("=1");
        var request = new HttpRequestMessage(operation.Method, new Uri(path.TrimStart('/') + query, UriKind.Relative));
        if (operation.Bodies.Count > 0 || _random.Next(30) == 0)
        {
            request.Content = new ByteArrayContent(Body());
            var type = operation.Bodies.Count > 0 && _random.Next(10) > 0
                ? operation.Bodies[_random.Next(operation.Bodies.Count)]
                : "application/octet-stream";
            request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(type, out var media) ? media : null;
            if (_random.Next(40) == 0) request.Content.Headers.ContentEncoding.Add(_random.Next(2) == 0 ? "gzip" : "br");
        }
        if (_random.Next(20) == 0) request.Headers.TryAddWithoutValidation("If-None-Match", Ascii(Value()));
        if (_random.Next(20) == 0) request.Headers.TryAddWithoutValidation("Accept", Escaped(Value()));
        return request;
    }

    private string Value()
    {
        var snare = s_snares[_random.Next(s_snares.Length)];
        return _random.Next(12) switch
        {
            0 => snare + s_snares[_random.Next(s_snares.Length)],
            1 => new string((char)_random.Next(1, 0xD7FF), _random.Next(1, 300)),
            _ => snare,
        };
    }

    /// <summary>Half a surrogate pair has no escape; it goes as its replacement.</summary>
    private static string Escaped(string text) => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    /// <summary>What a client can send in a header: no other characters leave the HTTP library.</summary>
    private static string Ascii(string text) => string.Concat(text.Where(character => character is >= ' ' and <= '~'));

    private byte[] Body()
    {
        var text = _random.Next(8) switch
        {
            0 => Value(),
            1 => new string('[', _random.Next(1, 3000)),
            2 => $"{{\"a\":{new string('9', _random.Next(1, 400))}}}",
            3 => Line(broken: true) + "\n" + Line(broken: true),
            4 => $"[{Line(broken: true)},{Line(broken: true)}]",
            5 => $"{{\"name\":{JsonSerializer.Serialize(Value())},\"tags\":[{JsonSerializer.Serialize(Value())}],"
                + $"\"state\":{JsonSerializer.Serialize(Value())},\"decision\":\"{_random.Next(3)}\"}}",
            6 => $"{{\"reporter\":\"ann@fuzz.example\",\"about\":\"bob@fuzz.example\",\"reason\":{JsonSerializer.Serialize(Value())},"
                + $"\"cadenceDays\":{_random.Next(-5, 500)}}}",
            _ => "id,at,from,to,kind\n" + string.Join('\n', Enumerable.Range(0, 4).Select(
                _ => string.Join(',', Enumerable.Range(0, _random.Next(1, 8)).Select(_ => Value())))),
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var flips = _random.Next(6) == 0 ? 3 : 0; flips > 0 && bytes.Length > 0; flips--)
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        return bytes;
    }

    private HttpRequestMessage Ndjson(int lines, bool broken)
    {
        var body = new StringBuilder();
        for (var i = 0; i < lines; i++) body.Append(Line(broken && _random.Next(3) > 0)).Append('\n');
        _lines += lines;
        return new HttpRequestMessage(HttpMethod.Post, new Uri("v1/interactions", UriKind.Relative))
        {
            Content = new StringContent(body.ToString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson")),
        };
    }

    private string Line(bool broken)
    {
        string[] people = ["ann@fuzz.example", "bob@fuzz.example", "eve@fuzz.example", "info@fuzz.example", "zoe@fuzz.example"];
        var from = _random.Next(people.Length);
        var fields = new Dictionary<string, object?>
        {
            ["id"] = $"fuzz-{_random.Next(100_000)}",
            ["at"] = 1_700_000_000_000 + _random.NextInt64(60_000_000_000),
            ["from"] = people[from],
            ["to"] = people[(from + 1) % people.Length],
            ["kind"] = "message",
        };
        if (broken)
        {
            string[] names = ["id", "at", "from", "to", "kind", "exchange", "setting", "venue", "inReplyTo", "about", "personalised",
                "lengthSeconds", "series", "channel", "unknown"];
            for (var changes = _random.Next(1, 4); changes > 0; changes--)
            {
                var name = names[_random.Next(names.Length)];
                fields[name] = _random.Next(6) switch
                {
                    0 => null,
                    1 => _random.NextInt64(long.MinValue, long.MaxValue),
                    2 => new[] { Value(), Value() },
                    3 => _random.NextDouble() * 1e300,
                    _ => Value(),
                };
            }
        }
        var text = JsonSerializer.Serialize(fields);
        return broken && _random.Next(10) == 0 ? text[.._random.Next(text.Length)] : text.Replace('\n', ' ');
    }

    private async Task SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            _requests++;
            var started = Stopwatch.GetTimestamp();
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                limit.CancelAfter(2 * s_patience);
                using var answer = await http.SendAsync(request, limit.Token);
                var status = (int)answer.StatusCode;
                _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
                if (status >= 500 && status != 503)
                    _faults.Add($"{status}: {Described(request)}: {await answer.Content.ReadAsStringAsync(cancellation)}");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                _faults.Add($"no answer: {Described(request)}");
            }
            catch (HttpRequestException failure)
            {
                _faults.Add($"{failure.Message}: {Described(request)}");
            }
            var took = Stopwatch.GetElapsedTime(started);
            if (took > _slowest) _slowest = took;
            if (took > s_patience) _faults.Add($"took {took.TotalSeconds:N1} s: {Described(request)}");
        }
    }

    private string Described(HttpRequestMessage request) =>
        string.Create(CultureInfo.InvariantCulture, $"request {_requests} of seed {seed}, {request.Method} {request.RequestUri}");
}

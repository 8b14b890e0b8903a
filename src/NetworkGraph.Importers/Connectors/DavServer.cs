using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Connectors;

/// <summary>What is read from a server of calendars and address books.</summary>
public enum DavContent
{
    Calendars,
    Contacts,
}

/// <summary>
/// Calendars or address books on a server (CalDAV, CardDAV), read without changing anything in them: found from the address that is given,
/// by the tokens of RFC 6578 where the server has them, else by the ETags of what is in them. A meeting that is gone from a calendar took
/// place all the same.
/// </summary>
/// <param name="http">With the address of the server as its base, and credentials.</param>
/// <param name="content">Which collections are read.</param>
/// <param name="time">The clock.</param>
public sealed class DavServer(HttpClient http, DavContent content, TimeProvider time) : IConnector
{
    private const int ResourcesAtOnce = 100;
    private const int MaxAnswerBytes = 64 << 20;
    private const int MaxCollections = 200;

    private static readonly XNamespace s_dav = "DAV:";
    private static readonly XNamespace s_cal = "urn:ietf:params:xml:ns:caldav";
    private static readonly XNamespace s_card = "urn:ietf:params:xml:ns:carddav";

    private XName CollectionType => content is DavContent.Calendars ? s_cal + "calendar" : s_card + "addressbook";

    private XName DataName => content is DavContent.Calendars ? s_cal + "calendar-data" : s_card + "address-data";

    public async IAsyncEnumerable<Arrival> ReadAsync(Checkpoint checkpoint, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        foreach (var collection in await CollectionsAsync(cancellation))
        {
            var changes = await ChangesAsync(collection, checkpoint, cancellation);
            var chunks = changes.Changed.Chunk(ResourcesAtOnce).ToList();
            for (var i = 0; i < chunks.Count; i++)
            {
                var files = await GetAsync(collection, [.. chunks[i].Select(resource => resource.Path)], cancellation);
                // A token says that all of it was read, so it is kept with the last piece.
                var marks = changes.Token is not null
                    ? i == chunks.Count - 1 ? [new(collection, "token:" + changes.Token)] : []
                    : chunks[i].Select(resource => new KeyValuePair<string, string?>(resource.Path, resource.Tag)).ToArray();
                yield return new Arrival(
                    ImportSource.FromBytes(content is DavContent.Calendars ? "calendar" : "contacts", [.. files]),
                    content is DavContent.Calendars ? "ics" : "vcard", marks);
            }
            if (chunks.Count == 0 && changes.Token is not null && checkpoint[collection] != "token:" + changes.Token)
                checkpoint.Set(collection, "token:" + changes.Token);
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => Task.Delay(atMost, time, cancellation);

    public void Dispose() => http.Dispose();

    /// <summary>A client for a server. The password goes over TLS alone, unless the server is on this machine.</summary>
    public static HttpClient Client(Uri address, string user, string password)
    {
        ArgumentNullException.ThrowIfNull(address);
        var client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(30)
            })
        {
            BaseAddress = address,
            MaxResponseContentBufferSize = MaxAnswerBytes,
            Timeout = TimeSpan.FromSeconds(100),
        };
        // Small servers close a connection without saying so, and a request that meets that is lost.
        client.DefaultRequestHeaders.ConnectionClose = true;
        if (user.Length > 0)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return client;
    }

    private readonly record struct Resource(string Path, string Tag);

    private readonly record struct Changes(List<Resource> Changed, string? Token);

    /// <summary>The collections at the address, below it, or in the home that it names.</summary>
    private async Task<List<string>> CollectionsAsync(CancellationToken cancellation)
    {
        var start = http.BaseAddress!.AbsolutePath;
        var found = await CollectionsAtAsync(start, cancellation);
        if (found.Count > 0) return found;
        var home = content is DavContent.Calendars ? s_cal + "calendar-home-set" : s_card + "addressbook-home-set";
        var principal = await HrefAsync(start, s_dav + "current-user-principal", cancellation);
        var homePath = await HrefAsync(principal ?? start, home, cancellation) ?? principal;
        return homePath is null ? found : await CollectionsAtAsync(homePath, cancellation);
    }

    private async Task<List<string>> CollectionsAtAsync(string path, CancellationToken cancellation)
    {
        var answer = await AskAsync(
            "PROPFIND", path, 1, new XElement(s_dav + "propfind", new XElement(s_dav + "prop", new XElement(s_dav + "resourcetype"))),
            cancellation);
        return [.. Responses(answer).Where(
            response => response.Element.Descendants(s_dav + "resourcetype").Any(type => type.Element(CollectionType) is not null))
            .Select(response => response.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MaxCollections)];
    }

    private async Task<string?> HrefAsync(string path, XName property, CancellationToken cancellation)
    {
        var answer = await AskAsync(
            "PROPFIND", path, 0, new XElement(s_dav + "propfind", new XElement(s_dav + "prop", new XElement(property))), cancellation);
        return answer.Descendants(property).Elements(s_dav + "href").Select(href => PathOf(href.Value)).FirstOrDefault(
            href => href.Length > 0);
    }

    private async Task<Changes> ChangesAsync(string collection, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var mark = checkpoint[collection];
        var token = mark?.StartsWith("token:", StringComparison.Ordinal) == true ? mark[6..] : "";
        try
        {
            return await SinceAsync(collection, token, cancellation);
        }
        catch (ConnectorException refused)
            when (token.Length > 0 && refused.Status is HttpStatusCode.Forbidden or HttpStatusCode.Conflict
            or HttpStatusCode.PreconditionFailed or HttpStatusCode.Gone)
        {
            // The token is too old for the server: all of it again, which is known by its ids.
            return await SinceAsync(collection, "", cancellation);
        }
        catch (ConnectorException refused) when (refused.Status is not null)
        {
            return await ByTagsAsync(collection, checkpoint, cancellation);
        }
    }

    private async Task<Changes> SinceAsync(string collection, string token, CancellationToken cancellation)
    {
        var body = new XElement(
            s_dav + "sync-collection", new XElement(s_dav + "sync-token", token), new XElement(s_dav + "sync-level", "1"),
            new XElement(s_dav + "prop", new XElement(s_dav + "getetag")));
        var answer = await AskAsync("REPORT", collection, 0, body, cancellation);
        var next = answer.Root?.Element(s_dav + "sync-token")?.Value ?? throw Refused(HttpStatusCode.NotImplemented);
        return new Changes([.. Changed(answer, collection)], next);
    }

    private async Task<Changes> ByTagsAsync(string collection, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var answer = await AskAsync(
            "PROPFIND", collection, 1, new XElement(s_dav + "propfind", new XElement(s_dav + "prop", new XElement(s_dav + "getetag"))),
            cancellation);
        return new Changes([
            .. Changed(answer, collection).Where(resource => resource.Tag.Length == 0 || checkpoint[resource.Path] != resource.Tag)], null);
    }

    private static IEnumerable<Resource> Changed(XDocument answer, string collection)
    {
        foreach (var (path, element) in Responses(answer))
        {
            if (path.TrimEnd('/') == collection.TrimEnd('/') || path.EndsWith('/')) continue;
            // What is gone has a status of its own, and no properties.
            if (element.Element(s_dav + "propstat") is null && element.Element(s_dav + "status") is not null) continue;
            yield return new Resource(path, element.Descendants(s_dav + "getetag").FirstOrDefault()?.Value ?? "");
        }
    }

    private async Task<List<(string Path, byte[] Bytes)>> GetAsync(string collection, string[] paths, CancellationToken cancellation)
    {
        var report = content is DavContent.Calendars ? s_cal + "calendar-multiget" : s_card + "addressbook-multiget";
        var body = new XElement(
            report, new XElement(s_dav + "prop", new XElement(s_dav + "getetag"), new XElement(DataName)),
            paths.Select(path => new XElement(s_dav + "href", path)));
        var files = new List<(string, byte[])>();
        try
        {
            var answer = await AskAsync("REPORT", collection, 1, body, cancellation);
            foreach (var (path, element) in Responses(answer))
                if (element.Descendants(DataName).FirstOrDefault()?.Value is { Length: > 0 } text)
                    files.Add((NameOf(path), Encoding.UTF8.GetBytes(text)));
        }
        catch (ConnectorException refused) when (refused.Status is not null)
        {
            // A server without this report gives its resources one by one.
            foreach (var path in paths)
                files.Add((NameOf(path), await http.GetByteArrayAsync(new Uri(http.BaseAddress!, path), cancellation)));
        }
        return files;
    }

    private static string NameOf(string path) => Uri.UnescapeDataString(path[(path.TrimEnd('/').LastIndexOf('/') + 1)..]);

    private static IEnumerable<(string Path, XElement Element)> Responses(XDocument answer) =>
        (answer.Root?.Elements(s_dav + "response") ?? []).Select(
            response => (PathOf(response.Element(s_dav + "href")?.Value ?? ""), response)).Where(response => response.Item1.Length > 0);

    private static string PathOf(string href)
    {
        href = href.Trim();
        return href.StartsWith('/') ? href : Uri.TryCreate(href, UriKind.Absolute, out var uri) ? uri.AbsolutePath : "";
    }

    private static ConnectorException Refused(HttpStatusCode status) =>
        new($"The server answered {(int)status} to what every such server is asked.") { Status = status };

    /// <summary>Asks, and asks once more where the server ended the connection before it answered: all that is asked only reads.</summary>
    private async Task<XDocument> AskAsync(string method, string path, int depth, XElement body, CancellationToken cancellation)
    {
        try
        {
            return await AnswerAsync(method, path, depth, body, cancellation);
        }
        catch (ConnectorException failure)
            when (failure.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded })
        {
            return await AnswerAsync(method, path, depth, body, cancellation);
        }
    }

    private async Task<XDocument> AnswerAsync(string method, string path, int depth, XElement body, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(http.BaseAddress!, path));
            request.Headers.Add("Depth", depth.ToString(CultureInfo.InvariantCulture));
            request.Content = new StringContent(new XDocument(body).ToString(), Encoding.UTF8, "application/xml");
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode is HttpStatusCode.Unauthorized)
                throw new ConnectorException("The server refuses the user or the password.");
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
                throw new ConnectorException("The server asks to be left alone for a while.", null, response.Headers.RetryAfter?.Delta);
            if (response.StatusCode is not HttpStatusCode.MultiStatus) throw Refused(response.StatusCode);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            using var xml = XmlReader.Create(
                stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, Async = true });
            return await XDocument.LoadAsync(xml, LoadOptions.None, cancellation);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or XmlException or IOException || failure is OperationCanceledException
            && !cancellation.IsCancellationRequested)
        {
            throw new ConnectorException($"The server cannot be reached or understood ({failure.GetType().Name}).", failure);
        }
    }
}

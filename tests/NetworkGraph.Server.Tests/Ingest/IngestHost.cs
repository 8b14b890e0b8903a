using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetworkGraph.Events.Log;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Http;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Server.Tests.Ingest;

/// <summary>
/// The endpoint alone, on Kestrel and a free port of the loopback, over a log in memory. The clock says noon of 2026-06-01.
/// </summary>
internal sealed class IngestHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private IngestHost(WebApplication app, OrderedLog log)
    {
        _app = app;
        Log = log;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient { BaseAddress = Address };
    }

    public OrderedLog Log { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public static async Task<IngestHost> StartAsync(IngestOptions? options = null, OrderedLog? log = null)
    {
        log ??= new OrderedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IInteractionLog>(log);
        builder.Services.AddSingleton<TimeProvider>(new NoonClock());
        builder.Services.AddSingleton<IngestMetrics>();
        builder.Services.AddSingleton<BatchesInHand>();
        if (options is not null) builder.Services.AddSingleton(options);
        var app = builder.Build();
        // As where no keys are configured.
        app.Use((http, next) =>
        {
            http.Features.Set(Viewer.Admin);
            return next(http);
        });
        app.MapOperation(IngestOperations.All[0]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new IngestHost(app, log);
    }

    public Task<Answer> PostAsync(string body, string contentType = "application/x-ndjson", string query = "") =>
        PostAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)), contentType, query);

    public async Task<Answer> PostAsync(HttpContent content, string? contentType, string query = "")
    {
        using (content)
        {
            if (contentType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            using var response = await Http.PostAsync("/v1/interactions" + query, content, TestContext.Current.CancellationToken);
            return await Answer.OfAsync(response);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class NoonClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    }
}

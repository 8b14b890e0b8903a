using System.Net;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetworkGraph.Grpc.Tests.Interop;
using NetworkGraph.Grpc.Tests.Probes;
using NetworkGraph.Server.Grpc;
using NetworkGraph.Server.Grpc.Health;
using NetworkGraph.Server.Grpc.Reflection;

namespace NetworkGraph.Grpc.Tests;

/// <summary>A server on loopback with the services of the tests, health and reflection.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private readonly GrpcOptions _options = new();
    private WebApplication? _app;

    public TestServer()
    {
    }

    /// <summary>A server that waits only so long for what it sent to be read.</summary>
    internal TestServer(TimeSpan answerPatience) => _options = _options with { AnswerPatience = answerPatience };

    /// <summary>HTTP/2 with prior knowledge.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The same application over HTTP/1.1.</summary>
    public Uri Http1Address { get; private set; } = null!;

    /// <summary>A file with a FileDescriptorSet of all that is served.</summary>
    public string DescriptorSetFile { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    internal HealthStatuses Health { get; } = new();

    internal ProbeService Probes { get; } = new();

    internal IHostApplicationLifetime Lifetime => _app!.Lifetime;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // The tests decide when a reader that stands still goes on.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        _app = builder.Build();
        _app.UseRouting();
        _app.UseUnknownGrpcServices();
        InteropService.Map(_app, _options);
        Probes.Map(_app, _options);
        Health.Set("", true);
        _app.MapGrpcHealth(Health);
        _app.MapGrpcReflection(
            InteropReflection.Descriptor.Services[0],
            ProbeReflection.Descriptor.Services[0],
            Server.Grpc.Health.V1.HealthReflection.Descriptor.Services[0]);
        _app.MapPost("/plain/http", () => "not gRPC");
        await _app.StartAsync();
        var addresses = _app.Urls.Select(url => new Uri(url)).ToList();
        (Address, Http1Address) = (addresses[0], addresses[1]);
        await File.WriteAllBytesAsync(DescriptorSetFile, DescriptorSet());
    }

    public Task StopAsync() => _app!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        File.Delete(DescriptorSetFile);
    }

    private static byte[] DescriptorSet()
    {
        FileDescriptor[] roots =
        [
            InteropReflection.Descriptor,
            ProbeReflection.Descriptor,
            Server.Grpc.Health.V1.HealthReflection.Descriptor,
            Server.Grpc.Reflection.V1.ReflectionReflection.Descriptor,
            Server.Grpc.Reflection.V1Alpha.ReflectionReflection.Descriptor,
            Google.Rpc.StatusReflection.Descriptor,
            Google.Rpc.ErrorDetailsReflection.Descriptor,
        ];
        var set = new FileDescriptorSet();
        foreach (var file in roots.SelectMany(DescriptorIndex.WithImports).DistinctBy(f => f.Name))
            set.File.Add(file.ToProto());
        return Google.Protobuf.MessageExtensions.ToByteArray(set);
    }
}

using System.Net;
using Google.Protobuf.Reflection;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetworkGraph.Grpc.Tests.Interop;
using NetworkGraph.Grpc.Tests.Probes;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Http;
using NetworkGraph.Server.Api.Outcomes;
using ReflectionV1 = Grpc.Reflection.V1;

namespace NetworkGraph.Grpc.Tests;

/// <summary>A server on loopback that speaks gRPC as the product does, with the services of the tests, health and reflection.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private WebApplication? _app;

    public TestServer()
    {
    }

    /// <summary>A server that waits only so long for what it sent to be read.</summary>
    internal TestServer(TimeSpan patience) => _patience = patience;

    /// <summary>HTTP/2 with prior knowledge.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The same application over HTTP/1.1.</summary>
    public Uri Http1Address { get; private set; } = null!;

    /// <summary>A file with a FileDescriptorSet of all that is served.</summary>
    public string DescriptorSetFile { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    internal HealthServiceImpl Health { get; } = new();

    internal ProbeService Probes { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            FrontDoor.Configure(kestrel.Limits);
            // The tests decide when a reader that stands still goes on.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpcProtocol();
        builder.Services.AddGrpcReflection();
        builder.Services.AddSingleton(Health);
        builder.Services.AddSingleton(Probes);
        builder.Services.AddSingleton(new InteropService());
        _app = builder.Build();
        _app.UseFrontDoor(isLoopback: false);
        _app.UseRouting();
        _app.UseUnknownGrpcMethods();
        _app.UseAnswerPatience(_patience);
        _app.MapGrpcService<InteropService>();
        _app.MapGrpcService<ProbeService>();
        _app.MapGrpcService<HealthServiceImpl>();
        _app.MapGrpcReflectionService();
        _app.MapPost("/plain/http", () => "not gRPC");
        Health.SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
        await _app.StartAsync();
        var addresses = _app.Urls.Select(url => new Uri(url)).ToList();
        (Address, Http1Address) = (addresses[0], addresses[1]);
        await File.WriteAllBytesAsync(DescriptorSetFile, DescriptorSet());
    }

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
            HealthReflection.Descriptor,
            ReflectionV1.ServerReflection.Descriptor.File,
            ServerReflection.Descriptor.File,
            Google.Rpc.StatusReflection.Descriptor,
            Google.Rpc.ErrorDetailsReflection.Descriptor,
        ];
        var set = new FileDescriptorSet();
        foreach (var file in roots.SelectMany(GrpcApi.WithImports).DistinctBy(f => f.Name))
            set.File.Add(file.ToProto());
        return Google.Protobuf.MessageExtensions.ToByteArray(set);
    }
}

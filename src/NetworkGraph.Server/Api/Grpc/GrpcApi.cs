using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Health.V1;
using Grpc.Reflection;
using Grpc.Reflection.V1Alpha;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Host.Health;
using NetworkGraph.Server.Keys;
using NetworkGraph.V1;
using ReflectionV1 = Grpc.Reflection.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace NetworkGraph.Server.Api.Grpc;

/// <summary>What is served over gRPC: the package networkgraph.v1, health checks and reflection.</summary>
internal static class GrpcApi
{
    /// <summary>A longer request message (unpacked too) ends its call with RESOURCE_EXHAUSTED.</summary>
    private const int MessageMaxBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan s_healthPublishedEvery = TimeSpan.FromSeconds(1);

    /// <summary>The services of the package networkgraph.v1.</summary>
    public static IReadOnlyList<ServiceDescriptor> Services { get; } =
        [InteractionsReflection.Descriptor.Services[0], PeopleReflection.Descriptor.Services[0], NetworkReflection.Descriptor.Services[0]];

    /// <summary>The library, with the limits of this server and without what <see cref="RefusedCall"/> does in its stead.</summary>
    public static void AddGrpcProtocol(this IServiceCollection services) => services.AddGrpc(options =>
    {
        options.IgnoreUnknownServices = true;
        options.MaxReceiveMessageSize = MessageMaxBytes;
        options.CompressionProviders.Add(new MessageGzip(MessageMaxBytes));
    });

    public static void AddGrpcApi(this IServiceCollection services)
    {
        services.AddGrpcProtocol();
        services.AddSingleton<GrpcMethods>();
        services.AddSingleton<IServiceMethodProvider<GrpcMethods>, GrpcMethodBinding>();

        services.AddGrpcHealthChecks(options =>
        {
            foreach (var service in Services) options.Services.Map(service.FullName, _ => true);
        }).AddCheck<Readiness>("ready");
        services.Configure<HealthCheckPublisherOptions>(
            publisher => (publisher.Delay, publisher.Period) = (TimeSpan.Zero, s_healthPublishedEvery));

        // Methods are bound without generated service classes, by which the library would find their descriptors.
        ServiceDescriptor[] described =
        [
            .. Services, HealthReflection.Descriptor.Services[0], ServerReflection.Descriptor, ReflectionV1.ServerReflection.Descriptor,
        ];
        services.AddSingleton(new ReflectionServiceImpl(described));
        services.AddSingleton(new ReflectionV1ServiceImpl(described));
        services.AddGrpcReflection();
    }

    public static void MapGrpcApi(this IEndpointRouteBuilder routes)
    {
        var operations = routes.ServiceProvider.GetRequiredService<OperationTable>();
        var methods = routes.MapGroup("");
        methods.ExcludeFromDescription();
        ((IEndpointConventionBuilder)methods).Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<MethodDescriptor>().LastOrDefault() is not { } method) return;
            var operation = operations.OfMethod(method.Name)!;
            foreach (var metadata in OperationMetadata.Of(operation)) endpoint.Metadata.Add(metadata);
            // What such a method is about stands in its message, which is read before the first answer.
            if (operation.HttpHandler is null || (method is { IsServerStreaming: true, IsClientStreaming: false }))
                endpoint.Metadata.Add(AskedInMessage.Marker);
        });
        methods.MapGrpcService<GrpcMethods>();

        routes.MapGrpcHealthChecksService().NeedsNoKey();
        routes.MapGrpcReflectionService().WithMetadata(Access.AnyKey);
    }

    /// <summary>A proto file and all it imports, each once, what is imported before what imports it.</summary>
    public static IEnumerable<FileDescriptor> WithImports(FileDescriptor file) =>
        file.Dependencies.SelectMany(WithImports).Append(file).DistinctBy(f => f.Name);
}

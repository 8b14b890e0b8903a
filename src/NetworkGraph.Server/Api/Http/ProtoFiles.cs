using System.IO.Compression;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Operations;

namespace NetworkGraph.Server.Api.Http;

/// <summary>
/// The proto files of the gRPC services, for those who write clients: one by one, all as a zip, and as a FileDescriptorSet
/// for languages that need no generated code. The files lie beside the program in 'protos'.
/// </summary>
internal static class ProtoFiles
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "protos");

    public static void MapProtoFiles(this IEndpointRouteBuilder routes)
    {
        var protos = routes.MapGroup("/protos").ExcludeFromDescription().WithMetadata(Access.AnyKey);
        protos.MapGet("", () => Results.Text(
            string.Concat(Names().Append("networkgraph.zip").Append("networkgraph.binpb").Select(name => $"/protos/{name}\n"))));
        protos.MapGet("/networkgraph.zip", () => Results.Bytes(Zip(), "application/zip", "networkgraph.zip"));
        protos.MapGet("/networkgraph.binpb", () => Results.Bytes(DescriptorSet(), "application/protobuf", "networkgraph.binpb"));
        protos.MapGet("/{**name}", (string name) => Names().Contains(name, StringComparer.Ordinal)
            ? Results.File(Path.Combine(s_folder, name), "text/plain; charset=utf-8")
            : Results.NotFound());
    }

    /// <summary>All files, with '/' between folders.</summary>
    private static IEnumerable<string> Names() => Directory.EnumerateFiles(s_folder, "*.proto", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(s_folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static byte[] Zip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in Names()) zip.CreateEntryFromFile(Path.Combine(s_folder, name), name);
        return bytes.ToArray();
    }

    private static byte[] DescriptorSet()
    {
        var set = new FileDescriptorSet();
        FileDescriptor[] roots = [.. GrpcApi.Services.Select(s => s.File), Google.Rpc.StatusReflection.Descriptor,
            Google.Rpc.ErrorDetailsReflection.Descriptor];
        foreach (var file in roots.SelectMany(GrpcApi.WithImports).DistinctBy(f => f.Name)) set.File.Add(file.ToProto());
        return set.ToByteArray();
    }
}

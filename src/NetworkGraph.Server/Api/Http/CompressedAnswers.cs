using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace NetworkGraph.Server.Api.Http;

/// <summary>
/// Answers are compressed for those who accept it, brotli before gzip, at the fastest level: lists of ties shrink to a tenth at
/// little cost. Over TLS too: an answer holds no secret of the session that sent the request. The live feed is not, since its
/// events must arrive one by one.
/// </summary>
internal static class CompressedAnswers
{
    private static readonly string[] s_types =
    [
        "application/json", "application/problem+json", "application/x-ndjson", "text/csv", "text/plain", "application/openmetrics-text",
        "application/xml",
        "text/html",
    ];

    public static void AddCompressedAnswers(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = s_types;
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }
}

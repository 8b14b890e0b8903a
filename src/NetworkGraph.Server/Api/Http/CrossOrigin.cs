using Microsoft.Net.Http.Headers;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Api.Http;

/// <summary>Which web pages of other origins may use the API from a browser: those that the option CorsOrigins names, else none.</summary>
internal static class CrossOrigin
{
    private static readonly TimeSpan s_rememberFor = TimeSpan.FromMinutes(10);

    public static void AddCrossOrigin(this IServiceCollection services, ServerOptions options)
    {
        var origins = AllowedOrigins.ParseAll(options.CorsOrigins, []);
        if (origins.Count == 0) return;
        services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            if (origins.Contains(AllowedOrigins.Any)) policy.AllowAnyOrigin();
            else policy.WithOrigins([.. origins]);
            policy.AllowAnyMethod()
                .WithHeaders(HeaderNames.Authorization, "X-Api-Key", HeaderNames.ContentType, HeaderNames.ContentEncoding,
                HeaderNames.IfNoneMatch, "Last-Event-ID")
                .WithExposedHeaders(HeaderNames.ETag, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate)
                .SetPreflightMaxAge(s_rememberFor);
        }));
    }

    public static void UseCrossOrigin(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<Microsoft.AspNetCore.Cors.Infrastructure.ICorsService>() is not null) app.UseCors();
    }
}

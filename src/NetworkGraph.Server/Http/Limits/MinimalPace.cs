using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace NetworkGraph.Server.Http.Limits;

/// <summary>Over HTTP/1.1 an answer has to be read at some pace, or the connection is closed.</summary>
internal static class MinimalPace
{
    private static readonly MinDataRate s_rate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    public static void UseMinimalPace(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol) && http.Features.Get<IHttpMinResponseDataRateFeature>() is { } pace) pace.MinDataRate = s_rate;
        return next(http);
    });
}

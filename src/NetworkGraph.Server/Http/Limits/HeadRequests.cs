namespace NetworkGraph.Server.Http.Limits;

/// <summary>HEAD is answered wherever GET is: with the same status and headers, and no body, which the server leaves out by itself.</summary>
internal static class HeadRequests
{
    public static void Apply(EndpointBuilder endpoint)
    {
        for (var i = 0; i < endpoint.Metadata.Count; i++)
        {
            if (endpoint.Metadata[i] is HttpMethodMetadata { HttpMethods: [var only] } && HttpMethods.IsGet(only))
                endpoint.Metadata[i] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
        }
    }
}

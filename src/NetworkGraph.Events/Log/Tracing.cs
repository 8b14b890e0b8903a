using System.Diagnostics;

namespace NetworkGraph.Events.Log;

/// <summary>Where the product's activities (spans of traces) come from. Without a listener one costs a null check.</summary>
public static class Tracing
{
    public const string SourceName = "NetworkGraph";

    public static readonly ActivitySource Source = new(SourceName);
}

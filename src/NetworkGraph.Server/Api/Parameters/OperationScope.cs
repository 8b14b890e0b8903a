namespace NetworkGraph.Server.Api.Parameters;

/// <summary>What a cursor is bound to, in one form for both protocols, so that either takes the other's cursors.</summary>
internal static class OperationScope
{
    public static string Of(string operation, IEnumerable<(string Name, string Text)> parameters) => string.Join('\n', parameters
        .Where(p => p.Name != QueryParameters.Cursor.Name && p.Name != QueryParameters.Limit.Name)
        .Select(p => $"{p.Name}={p.Text}").Order(StringComparer.Ordinal).Prepend(operation));
}

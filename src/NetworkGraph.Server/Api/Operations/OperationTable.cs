namespace NetworkGraph.Server.Api.Operations;

/// <summary>All operations, by their ids and by the names of their gRPC methods.</summary>
internal sealed class OperationTable
{
    private readonly Dictionary<string, Operation> _byMethod = new(StringComparer.Ordinal);

    public OperationTable(IEnumerable<Operation> operations)
    {
        All = [.. operations];
        foreach (var operation in All)
        {
            if (All.Count(other => other.Id == operation.Id) > 1) Errors.Add($"{operation.Id} is declared more than once.");
            Errors.AddRange(operation.Errors());
            foreach (var method in MethodsOf(operation))
                if (!_byMethod.TryAdd(method, operation))
                    Errors.Add($"{operation.Id} and {_byMethod[method].Id} are both served by the gRPC method {method}.");
        }
    }

    public IReadOnlyList<Operation> All { get; }

    /// <summary>What is wrong with the declarations, in words.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>An operation by its id.</summary>
    /// <exception cref="InvalidOperationException">There is no such operation.</exception>
    public Operation Of(string id) => All.First(operation => operation.Id == id);

    /// <summary>The operation behind a gRPC method; null for none.</summary>
    public Operation? OfMethod(string method) => _byMethod.GetValueOrDefault(method);

    /// <summary>The gRPC methods of an operation: getTies is GetTies, where it does not name others.</summary>
    public static IEnumerable<string> MethodsOf(Operation operation) => operation.GrpcHandlers.Count > 0
        ? operation.GrpcHandlers.Keys
        : [char.ToUpperInvariant(operation.Id[0]) + operation.Id[1..]];
}

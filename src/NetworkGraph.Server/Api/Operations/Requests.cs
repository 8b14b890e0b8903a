using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Operations;

/// <summary>The network at a date; null for now.</summary>
internal sealed record DatedRequest([Query(nameof(QueryParameters.AsOf))] long? AsOfMs) : IOperationRequest;

/// <summary>A person at a date; null for now.</summary>
internal sealed record OnePersonRequest([Person] string Id, [Query(nameof(QueryParameters.AsOf))] long? AsOfMs) : IOperationRequest;

/// <summary>A page of a list about a person; later pages are of the date of the first.</summary>
internal sealed record PersonPageRequest([Person] string Id, [Query(nameof(QueryParameters.AsOf))] long? Date, Page Page)
    : IOperationRequest
{
    public long? AsOfMs => Date ?? Page.Cursor?.AsOfMs;
}

/// <summary>A page of a list about the network; later pages are of the date of the first.</summary>
internal sealed record DatedPageRequest([Query(nameof(QueryParameters.AsOf))] long? Date, Page Page) : IOperationRequest
{
    public long? AsOfMs => Date ?? Page.Cursor?.AsOfMs;
}

/// <summary>A page of a list that has no date.</summary>
internal sealed record PageRequest(Page Page) : IOperationRequest;

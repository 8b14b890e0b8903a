using Orleans.Placement;

namespace NetworkGraph.Analytics.PersonGrains;

/// <summary>Places a grain only on silos that own people.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OwnsPeopleAttribute() : PlacementFilterAttribute(new OwnsPeopleFilter());

/// <summary>The filter behind <see cref="OwnsPeopleAttribute"/>; the host says which silos own people.</summary>
public sealed class OwnsPeopleFilter() : PlacementFilterStrategy(order: 0);

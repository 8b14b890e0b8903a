namespace NetworkGraph.Events.Interactions;

/// <summary>What became of reading one interaction: it, or why not.</summary>
/// <param name="Interaction">Null where it was rejected.</param>
/// <param name="Rejection">The first thing wrong with it; null where there is nothing.</param>
/// <param name="Id">Its id as far as it could be read, at most 128 characters and "…"; null where it could not.</param>
/// <param name="IsMalformed">The text is not one JSON object at all, in contrast to one with wrong contents.</param>
public readonly record struct ParsedInteraction(Interaction? Interaction, Rejection? Rejection, string? Id, bool IsMalformed);

using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Importers.Graphs;

/// <summary>
/// Which person a node of a graph is: by an attribute that is an id, by a label that no other node has, else by the node's own id. Two
/// nodes are two people, also where the label of one is the id of another.
/// </summary>
internal sealed class GraphPeople
{
    private static readonly string[] s_ids = ["id", "email", "e-mail", "person", "url"];

    private readonly Dictionary<string, string> _byNode = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes in a node; false where it is known.</summary>
    public bool TryAdd(GraphPart node, out string id)
    {
        if (_byNode.TryGetValue(node.Id, out var known))
        {
            id = known;
            return false;
        }
        id = _byNode[node.Id] = Choose(node);
        return true;
    }

    /// <summary>The person of a node, which the file need not list.</summary>
    public string IdOf(string node) => _byNode.TryGetValue(node, out var id) ? id : _byNode[node] = Own(node);

    private string Choose(GraphPart node)
    {
        foreach (var name in s_ids)
            if (node.Values.TryGetValue(name, out var value) && value.Length > 0 && value != node.Id && Take(value)) return value;
        var label = ItemBuilder.Text(node.Label, InteractionRules.MaxIdChars);
        return label is not null && Take(label) ? label : Own(node.Id);
    }

    private string Own(string node)
    {
        if (Take(node)) return node;
        var id = $"node:{node}";
        while (!Take(id)) id += "'";
        return id;
    }

    private bool Take(string id) => _taken.Add(PersonId.CanonicalOrSame(id));
}

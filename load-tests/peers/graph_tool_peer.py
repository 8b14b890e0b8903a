"""graph-tool: shortest paths of any length (it has no hop limit), reciprocity."""
import graph_tool
import graph_tool.topology
import numpy as np

from measuring import Peer, cost_or_none, resident_bytes

peer = Peer("graph-tool")
mutual = peer.mutual()
edges = np.stack([mutual["low"], mutual["high"]], 1)
before = resident_bytes()
graph = graph_tool.Graph(directed=False)
graph.add_vertex(peer.people)
graph.add_edge_list(edges)
cost = graph.new_edge_property("double", vals=mutual["cost"])
peer.report("bytes_per_entry", "of mutual entries only; with one weight", value=(resident_bytes() - before) / (2 * len(mutual)))
del edges


def shortest(source, target):
    return cost_or_none(graph_tool.topology.shortest_distance(graph, source=source, target=target, weights=cost))


peer.time_each("path4_ms", shortest, "no hop limit; the length alone")
peer.not_run("leiden_s", "it has no Leiden")
peer.not_run("burt_s", "it has no constraint")
del graph, cost, mutual

start, end, _ = peer.arcs()
arcs = graph_tool.Graph(directed=True)
arcs.add_vertex(peer.people)
arcs.add_edge_list(np.stack([start, end], 1))
peer.time_runs("reciprocity_ms", 1e3, lambda: graph_tool.topology.edge_reciprocity(arcs), lambda r: {"r": float(r)}, "r only")

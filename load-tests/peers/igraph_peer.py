"""igraph: shortest paths of any length (it has no hop limit), reciprocity, Burt's constraint, Leiden."""
import igraph
import numpy as np

from measuring import Peer, cost_or_none, resident_bytes

UNLIMITED = "no hop limit"
MOST_PEOPLE_FOR_ALL_CONSTRAINTS = 200_000

peer = Peer("igraph")
mutual = peer.mutual()
edges, costs = np.stack([mutual["low"], mutual["high"]], 1), mutual["cost"].tolist()
before = resident_bytes()
graph = igraph.Graph(n=peer.people, edges=edges)
graph.es["cost"] = costs
peer.report("bytes_per_entry", "of mutual entries only; with one weight", value=(resident_bytes() - before) / (2 * len(mutual)))
del edges, mutual


def shortest(source, target):
    path = graph.get_shortest_paths(source, to=target, weights="cost", output="epath")[0]
    return sum(costs[edge] for edge in path) if path else None


def k_shortest(source, target):
    paths = graph.get_k_shortest_paths(source, to=target, k=3, weights="cost", output="epath")
    return [sum(costs[edge] for edge in path) for path in paths]


peer.time_each("path4_ms", shortest, UNLIMITED)
del graph

start, end, strength = peer.arcs()
arcs = igraph.Graph(n=peer.people, edges=np.stack([start, end], 1), directed=True)
peer.time_runs("reciprocity_ms", 1e3, arcs.reciprocity, lambda r: {"r": r}, "r only")
del arcs, start, end, strength

dyads = peer.dyads()
ties = igraph.Graph(n=peer.people, edges=np.stack([dyads["low"], dyads["high"]], 1))
weights = (dyads["out"].astype(float) + dyads["in"]).tolist()
del dyads
ours = np.fromfile(peer.folder + "/communities.bin", "<i4").tolist()
our_modularity = ties.modularity(ours, weights=weights)
igraph.set_random_number_generator(None)  # Its own, which is quicker than Python's.
peer.time_runs("leiden_s", 1, lambda: ties.community_leiden(objective_function="modularity", weights=weights),
               lambda found: {"modularity": ties.modularity(found.membership, weights=weights), "communities": len(found), "ours": our_modularity},
               "community_leiden, 2 iterations")
first = list(range(min(1000, peer.people)))
answers = [cost_or_none(value) for value in ties.constraint(vertices=first, weights=weights)]
if peer.people <= MOST_PEOPLE_FOR_ALL_CONSTRAINTS:
    peer.time_runs("burt_s", 1, lambda: ties.constraint(weights=weights), lambda _: answers, "everyone, weighted")
else:
    some = np.random.default_rng(1).choice(peer.people, peer.people // 100, replace=False).tolist()
    peer.time_runs("burt_s", 100, lambda: ties.constraint(vertices=some, weights=weights), lambda _: answers, "estimated from 1 % of people")
del ties

mutual = peer.mutual()
graph = igraph.Graph(n=peer.people, edges=np.stack([mutual["low"], mutual["high"]], 1))
graph.es["cost"] = costs
peer.time_each("path4_k3_ms", k_shortest, "Yen's 3 shortest paths, which may share a first broker; " + UNLIMITED)

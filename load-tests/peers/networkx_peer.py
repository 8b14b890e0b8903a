"""NetworkX: shortest paths of any length (it has no hop limit), reciprocity, Burt's constraint. For small networks only."""
import itertools
import time

import networkx as nx

from measuring import Peer, resident_bytes

UNLIMITED = "no hop limit"

peer = Peer("networkx")
before = resident_bytes()
graph = nx.Graph()
graph.add_nodes_from(range(peer.people))
mutual = peer.mutual()
graph.add_weighted_edges_from(mutual.tolist(), weight="cost")
peer.report("bytes_per_entry", "of mutual entries only", value=(resident_bytes() - before) / (2 * len(mutual)))


def shortest(source, target):
    try:
        return nx.bidirectional_dijkstra(graph, source, target, "cost")[0]
    except nx.NetworkXNoPath:
        return None


def k_shortest(source, target):
    try:
        paths = list(itertools.islice(nx.shortest_simple_paths(graph, source, target, "cost"), 3))
    except nx.NetworkXNoPath:
        return []
    return [nx.path_weight(graph, path, "cost") for path in paths]


peer.time_each("path4_ms", shortest, UNLIMITED)
peer.time_each("path4_k3_ms", k_shortest, "Yen's 3 shortest paths, which may share a first broker; " + UNLIMITED)
del graph
peer.not_run("leiden_s", "it has no Leiden at this version")

start, end, strength = peer.arcs()
arcs = nx.DiGraph()
arcs.add_weighted_edges_from(zip(start.tolist(), end.tolist(), strength.tolist()))
peer.time_runs("reciprocity_ms", 1e3, lambda: nx.overall_reciprocity(arcs), lambda r: {"r": r}, "r only")
answers = []
started = time.perf_counter()
while len(answers) < min(1000, peer.people) and time.perf_counter() - started < peer.limit:
    person = len(answers)
    answers.append(nx.constraint(arcs, nodes=[person], weight="weight")[person] if person in arcs else None)
peer.report("burt_s", f"estimated from the first {len(answers)} people", runs=1, answers=answers,
            value=(time.perf_counter() - started) * peer.people / len(answers))

"""A client of a NetworkGraph server over HTTP, with nothing but the standard library.

    from networkgraph_client import NetworkGraph
    graph = NetworkGraph("http://127.0.0.1:5080", key="ngk_...")
    graph.record_interactions([{"id": "m-1", "at": "2026-11-20T09:30:00Z", "from": "ann@example.org", "to": "bob@example.org", "kind": "message"}])
    for tie in graph.walk(graph.get_ties, "ann@example.org"):
        print(tie["person"], tie["status"])
"""
from .client import NetworkGraph, Problem

__all__ = ["NetworkGraph", "Problem"]

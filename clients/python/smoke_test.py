"""Records, waits until it is visible, and asks: python3 smoke_test.py http://127.0.0.1:5080"""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from networkgraph_client import NetworkGraph, Problem  # noqa: E402

graph = NetworkGraph(sys.argv[1])
sent = [
    {"id": f"py-{i}", "at": f"2025-03-0{1 + i % 9}T09:00:00Z", "from": "ann@py.example", "to": f"friend{i}@py.example", "kind": "message"}
    for i in range(25)
]
answer = graph.record_interactions(sent)
assert answer["accepted"] + answer["duplicates"] == 25, answer
for _ in range(600):
    try:
        if len(list(graph.walk(graph.get_ties, "ann@py.example", limit=10))) == 25:
            break
    except Problem as unknown_yet:
        assert unknown_yet.status == 404, unknown_yet.details
    time.sleep(0.05)
ties = [tie["person"] for tie in graph.walk(graph.get_ties, "ann@py.example", limit=10)]
assert len(ties) == len(set(ties)) == 25, ties
profile = graph.put_person("ann@py.example", {"name": "Ann", "tags": ["a"]})
assert profile["name"] == "Ann", profile
try:
    graph.get_person("nobody@py.example")
    raise AssertionError("somebody was found")
except Problem as problem:
    assert problem.status == 404 and problem.parameter == "id", problem.details
print("ok")

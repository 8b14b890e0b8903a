"""What every peer in Python shares: the inputs (see PeerFiles.cs), the clock, and the lines of JSON (see Measurements.cs)."""
import json
import sys
import time

import numpy as np

RUNS = 5
MUTUAL = np.dtype([("low", "<i4"), ("high", "<i4"), ("cost", "<f8")])
DYAD = np.dtype([("low", "<i4"), ("high", "<i4"), ("out", "<f4"), ("in", "<f4")])


class Peer:
    """python3 PEER.py FOLDER PEOPLE LIMIT_SECONDS"""

    def __init__(self, name):
        self.name = name
        self.folder = sys.argv[1]
        self.people = int(sys.argv[2])
        self.limit = float(sys.argv[3])

    def mutual(self):
        return np.fromfile(self.folder + "/mutual.bin", MUTUAL)

    def dyads(self):
        return np.fromfile(self.folder + "/ties.bin", DYAD)

    def arcs(self):
        """Directed ties: from, to, strength."""
        dyads = self.dyads()
        out, back = dyads[dyads["out"] > 0], dyads[dyads["in"] > 0]
        return (np.concatenate([out["low"], back["high"]]), np.concatenate([out["high"], back["low"]]),
                np.concatenate([out["out"], back["in"]]))

    def pairs(self):
        with open(self.folder + "/pairs.txt") as lines:
            return [tuple(map(int, line.split())) for line in lines]

    def report(self, metric, note="", **numbers):
        print(json.dumps({"peer": self.name, "metric": metric, "note": note, **numbers}), flush=True)
        shown = {key: number for key, number in numbers.items() if key != "answers"}
        print(f"  {self.name} {metric} {shown}", file=sys.stderr, flush=True)

    def not_run(self, metric, reason):
        self.report(metric, notRun=reason)

    def time_each(self, metric, ask, note=""):
        """Median of the runs for each pair, a run over all pairs after the other; on as many pairs as the time limit lets
        through, and fewer runs where they take longer than twice that."""
        times, answers = [], []
        started = time.perf_counter()
        for run in range(RUNS):
            if time.perf_counter() - started > 2 * self.limit:
                break
            for index, pair in enumerate(self.pairs()[:len(times) if run else None]):
                start = time.perf_counter()
                answer = ask(*pair)
                taken = (time.perf_counter() - start) * 1e3
                if run:
                    times[index].append(taken)
                    continue
                times.append([taken])
                answers.append(answer)
                if time.perf_counter() - started > self.limit / RUNS:
                    break
        medians = sorted(float(np.median(runs)) for runs in times)
        self.report(metric, note, p50=medians[len(medians) // 2], p99=medians[len(medians) * 99 // 100], runs=len(times[0]),
                    questions=len(medians), answers=answers)

    def time_runs(self, metric, scale, run, answers=None, note=""):
        """Median of the runs, in seconds times scale; fewer runs where they take longer than three times the limit."""
        times = []
        started = time.perf_counter()
        while not times or (len(times) < RUNS and time.perf_counter() - started < 3 * self.limit):
            start = time.perf_counter()
            result = run()
            times.append((time.perf_counter() - start) * scale)
        self.report(metric, note, value=float(np.median(times)), runs=len(times), answers=answers(result) if answers else None)


def resident_bytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096


def cost_or_none(cost):
    return None if cost is None or not np.isfinite(cost) else float(cost)

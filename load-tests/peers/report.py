"""Checks that answers to one question agree, and writes RESULTS.md and results.json.

python3 report.py FOLDER OUT COMMIT COMMAND: reads FOLDER/*.jsonl (see Measurements.cs) and FOLDER/not-run.txt (peer, tab,
reason). Ends with 1 where answers disagree.
"""
import datetime
import glob
import json
import os
import subprocess
import sys

OURS = "networkgraph"
PEERS = ["c++", "igraph", "graph-tool", "networkx", "postgresql", "kuzu"]
METRICS = {
    "path4_ms": "best introduction path of at most 4 hops",
    "path4_k3_ms": "3 best by different first brokers, 4 hops",
    "path6_ms": "best introduction path of at most 6 hops",
    "path4_set_ms": "to any of 1,000 people, 3 paths, 4 hops",
    "reciprocity_ms": "reciprocity of the network",
    "burt_s": "Burt's constraint of everyone",
    "leiden_s": "Leiden communities",
    "working_graph_s": "working graph for the two above",
    "bytes_per_entry": "bytes per directed entry, for path search",
    "snapshot_bytes_per_entry": "bytes per directed entry, whole snapshot",
    "publish_ms": "publishing after 10,000 new interactions",
    "asof_s": "the network as of an earlier date",
}
SIZES = ["people", "interactions", "entries", "mutual_entries"]
NO_HOP_LIMIT = {"igraph", "graph-tool", "networkx", "kuzu"}
SINGLE = 1e-5  # Peers compute in 32-bit floats.
BEGIN, END = "<!-- peers -->", "<!-- /peers -->"


def close(a, b, tolerance=SINGLE):
    if a is None or b is None:
        return a is None and b is None
    if isinstance(a, list):
        return len(a) == len(b) and all(close(x, y, tolerance) for x, y in zip(a, b))
    return abs(a - b) <= tolerance * max(1, abs(a))


def read(folder):
    found = {}
    for path in sorted(glob.glob(folder + "/*.jsonl")):
        with open(path) as lines:
            for line in lines:
                if line.endswith("\n"):  # A peer that was stopped may leave half a line.
                    record = json.loads(line)
                    found[record["peer"], record["metric"]] = record
    return found


class Checks:
    def __init__(self, found):
        self.found = found
        self.lines = []
        self.failed = False

    def answers(self, peer, metric):
        return self.found.get((peer, metric), {}).get("answers")

    def same(self, metric, one, other, agree, what):
        a, b = self.answers(one, metric), self.answers(other, metric)
        if a is None or b is None:
            return
        pairs = list(zip(a, b))
        bad = [i for i, (x, y) in enumerate(pairs) if not agree(x, y)]
        self.note(not bad, f"{metric}: {one} and {other} {what} on {len(pairs) - len(bad)} of {len(pairs)}"
                  + (f"; first at {bad[0]}: {pairs[bad[0]]}" if bad else ""))

    def number(self, metric, one, other, key, tolerance):
        a, b = (self.answers(peer, metric) or {} for peer in (one, other))
        if key in a and key in b:
            self.note(close(a[key], b[key], tolerance), f"{metric}: {key} of {one} {a[key]:.9f} and {other} {b[key]:.9f}")

    def note(self, good, line):
        self.failed |= not good
        self.lines.append(("" if good else "**disagreement** ") + line)

    def run(self):
        for metric in ("path4_ms", "path6_ms", "path4_k3_ms", "path4_set_ms"):
            for peer in ("c++", "postgresql"):
                self.same(metric, OURS, peer, close, "find paths of the same costs")
        unlimited = [peer for peer in PEERS if peer in NO_HOP_LIMIT and self.answers(peer, "path4_ms")]
        for peer in unlimited:
            if peer != unlimited[0]:
                self.same("path4_ms", unlimited[0], peer, close, "(no hop limit) find paths of the same costs")
            for metric in ("path4_ms", "path6_ms"):
                self.found.setdefault((peer, "path6_ms"), self.found[peer, "path4_ms"])
                self.same(metric, OURS, peer, lambda ours, theirs: ours is None or theirs is not None and theirs <= ours + SINGLE * max(1, ours),
                          "(no hop limit, at most our cost) agree")
        for peer in PEERS:
            self.number("reciprocity_ms", OURS, peer, "r", 1e-9)
            self.number("reciprocity_ms", OURS, peer, "weighted", SINGLE)
            self.same("burt_s", OURS, peer, lambda ours, theirs: (ours == 0 and not theirs) or close(ours, theirs), "give the same constraint")
        leiden = self.answers("igraph", "leiden_s")
        if leiden:
            ours = self.answers(OURS, "leiden_s")["modularity"]
            self.note(close(ours, leiden["ours"], SINGLE), f"leiden_s: modularity of our communities by us {ours:.6f}, by igraph {leiden['ours']:.6f}")


def digits(number):
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"


def figure(record):
    if "p50" in record:
        return f"{digits(record['p50'])} / {digits(record['p99'])}"
    return digits(record["value"])


def remark(peer, record):
    sampled = f"{record['questions']} questions, {record['runs']} runs" if "questions" in record else f"{record['runs']} runs" if "runs" in record else ""
    return "; ".join(part for part in (record.get("note"), sampled) if part)


def table(found):
    yield "| what | NetworkGraph | peer | peer's | peer / ours | remark |"
    yield "|---|---:|---|---:|---:|---|"
    for metric, meaning in METRICS.items():
        ours = found.get((OURS, metric))
        if not ours:
            continue
        unit = metric.rsplit("_", 1)[1].replace("entry", "B")
        yield f"| **{meaning}** (`{metric}`) | {figure(ours)} {unit} | | | | {remark(OURS, ours)} |"
        for peer in PEERS:
            theirs = found.get((peer, metric))
            if not theirs:
                continue
            if "notRun" in theirs:
                yield f"| | | {peer} | not run | | {theirs['notRun']} |"
                continue
            key = "p50" if "p50" in ours and "p50" in theirs else "value"
            yield f"| | | {peer} | {figure(theirs)} {unit} | {digits(theirs[key] / ours[key])} | {remark(peer, theirs)} |"


def machine():
    with open("/proc/cpuinfo") as lines:
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown processor")
    gibibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    dotnet = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return f"{model}, {os.cpu_count()} cores, {gibibytes:.0f} GiB, .NET {dotnet}"


def metrics_json(found):
    metrics = {}
    for metric in METRICS:
        ours = found.get((OURS, metric))
        if not ours:
            continue
        entry = {"ours": ours.get("p50", ours.get("value")), "peers": {}}
        if "p99" in ours:
            entry["p99"] = {"ours": ours["p99"], "peers": {}}
        for peer in PEERS:
            theirs = found.get((peer, metric), {"notRun": ""})
            if "notRun" in theirs:
                continue
            entry["peers"][peer] = theirs.get("p50", theirs.get("value"))
            if "p99" in theirs:
                entry["p99"]["peers"][peer] = theirs["p99"]
        metrics[metric] = entry
    for peer in (OURS, "igraph"):
        modularity = (found.get((peer, "leiden_s"), {}).get("answers") or {}).get("modularity")
        if modularity is not None:
            metrics["leiden_s"].setdefault("modularity", {})[peer] = modularity
    return metrics


def replace_section(path, section):
    """The rest of the file belongs to other measurements and stays."""
    text = open(path).read() if os.path.exists(path) else "# Results\n\n" + BEGIN + END + "\n"
    if BEGIN not in text:
        text += "\n" + BEGIN + END + "\n"
    before, after = text.split(BEGIN, 1)[0], text.split(END, 1)[1]
    with open(path, "w") as file:
        file.write(before + BEGIN + "\n" + section + "\n" + END + after)


def main():
    folder, out, commit, command = sys.argv[1:5]
    found = read(folder)
    checks = Checks(found)
    checks.run()
    with open(folder + "/not-run.txt") as lines:
        not_run = [line.rstrip("\n").split("\t", 1) for line in lines]
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    sizes = {size: found[OURS, size]["value"] for size in SIZES}
    modularities = [f"{peer} {found[peer, 'leiden_s']['answers']['modularity']:.4f}" for peer in (OURS, "igraph")
                    if (found.get((peer, "leiden_s"), {}).get("answers") or {}).get("modularity") is not None]
    section = "\n".join([
        "## Beside its peers", "",
        f"`{command}` on {machine()}; {date}; commit {commit}.",
        "Network: " + ", ".join(f"{value:,.0f} {size.replace('_', ' ')}" for size, value in sizes.items()) + ".",
        "Path figures are p50 / p99 over questions of each question's median; other figures are medians. All are asked the same on",
        "the same network in the same run. C++ is a program of our own, as a measure of the machine. No pair of the questions is",
        "directly tied. Peers without a hop limit answer another question: the best path of any length.", "",
        *table(found), "",
        *([f"Modularity reached: {', '.join(modularities)}.", ""] if modularities else []),
        *[f"* {peer} not run: {reason}" for peer, reason in not_run], *([""] if not_run else []),
        "Agreement of answers:", "", *[f"* {line}" for line in checks.lines],
    ])
    replace_section(out + "/RESULTS.md", section)
    with open(out + "/results.json", "w") as file:
        json.dump({"machine": machine(), "date": date, "commit": commit, "command": command, "sizes": sizes, "metrics": metrics_json(found),
                   "notRun": dict(not_run), "agreement": checks.lines}, file, indent=2)
        file.write("\n")
    print(section)
    if checks.failed:
        print("\nanswers disagree", file=sys.stderr)
    return checks.failed


if __name__ == "__main__":
    sys.exit(main())

"""PostgreSQL: the same questions as hand-written SQL, on a cluster given by its port (python3 postgres_peer.py FOLDER PEOPLE LIMIT PORT)."""
import io
import sys

import numpy as np
import psycopg2

from measuring import Peer, cost_or_none

CHANGED_DYADS = 10_000

peer = Peer("postgresql")
connection = psycopg2.connect(host="127.0.0.1", port=int(sys.argv[4]), user="postgres", dbname="postgres")
connection.autocommit = True
sql = connection.cursor()


def copy(table, people, others, numbers):
    """COPY in PostgreSQL's binary form: people and others as int4, numbers as float4."""
    rows = np.empty(len(people), dtype=[("fields", ">i2"), ("n1", ">i4"), ("u", ">i4"), ("n2", ">i4"), ("v", ">i4"), ("n3", ">i4"), ("x", ">f4")])
    rows["fields"], rows["n1"], rows["n2"], rows["n3"] = 3, 4, 4, 4
    rows["u"], rows["v"], rows["x"] = people, others, numbers
    sql.copy_expert(f"copy {table} from stdin (format binary)", io.BytesIO(b"PGCOPY\n\xff\r\n\0" + bytes(8) + rows.tobytes() + b"\xff\xff"))


def side(prefix, start, other, hops):
    """Least cost of going from start to each person in 1 to so many hops, over neither end."""
    yield f"{prefix}1 as (select v, c from tie where u = {start} and v <> {other})"
    for hop in range(2, hops + 1):
        yield (f"{prefix}{hop} as (select v, min(c) c from (select v, c from {prefix}{hop - 1} union all select t.v, l.c + t.c "
               f"from {prefix}{hop - 1} l join tie t on t.u = l.v where t.v <> $1 and t.v <> $2) x group by v)")


def best_path(name, half):
    ctes = ", ".join([*side("f", "$1", "$2", half), *side("b", "$2", "$1", half)])
    return f"prepare {name}(int, int) as with {ctes} select min(f.c + b.c) from f{half} f join b{half} b on b.v = f.v"


K_PATHS = f"""prepare path4_k3(int, int) as with {", ".join([*side("f", "$1", "$2", 1), *side("b", "$2", "$1", 2)])}
select array_agg(c order by c) from (select broker, min(c) c from (
  select f.v broker, f.c + b.c c from f1 f join b2 b on b.v = f.v
  union all select f.v, f.c + t.c + b.c from f1 f join tie t on t.u = f.v join b2 b on b.v = t.v where t.v <> $1) x
group by broker order by c limit 3) y"""

sql.execute("create unlogged table tie(u int not null, v int not null, c real not null) with (fillfactor = 90)")
mutual = peer.mutual()
order = np.argsort(np.concatenate([mutual["low"], mutual["high"]]), kind="stable")
copy("tie", np.concatenate([mutual["low"], mutual["high"]])[order], np.concatenate([mutual["high"], mutual["low"]])[order],
     np.concatenate([mutual["cost"], mutual["cost"]])[order])
sql.execute("create unique index tie_by_person on tie(u, v) include (c)")
sql.execute("vacuum analyze tie")
sql.execute("select pg_total_relation_size('tie')::float8 / count(*) from tie")
peer.report("bytes_per_entry", "of mutual entries only; table and index on disk", value=sql.fetchone()[0])

sql.execute("""set enable_seqscan = off; set enable_mergejoin = off; set jit = off; set max_parallel_workers_per_gather = 0;
set plan_cache_mode = force_generic_plan; set work_mem = '256MB'""")
for statement in (best_path("path4", 2), best_path("path6", 3), K_PATHS):
    sql.execute(statement)


def path(name):
    def ask(source, target):
        sql.execute(f"execute {name}({source}, {target})")
        return cost_or_none(sql.fetchone()[0])
    return ask


def k_paths(source, target):
    sql.execute(f"execute path4_k3({source}, {target})")
    return sql.fetchone()[0] or []


peer.time_each("path4_ms", path("path4"), "2 + 2 hops")
peer.time_each("path4_k3_ms", k_paths, "1 + 1 + 2 hops")
peer.time_each("path6_ms", path("path6"), "3 + 3 hops")
peer.not_run("path4_set_ms", "no one statement finds the k paths of different targets and first brokers")


random = np.random.default_rng(1)


def publish():
    changed = random.choice(len(mutual), min(CHANGED_DYADS, len(mutual)), replace=False)
    low, high = mutual["low"][changed], mutual["high"][changed]
    sql.execute("begin; set local synchronous_commit = off; create temp table change(u int, v int, c real) on commit drop")
    copy("change", np.concatenate([low, high]), np.concatenate([high, low]), np.concatenate([mutual["cost"][changed]] * 2))
    sql.execute("analyze change; update tie set c = change.c from change where tie.u = change.u and tie.v = change.v; commit")


peer.time_runs("publish_ms", 1e3, publish, None, f"{CHANGED_DYADS:,} mutual ties given a new cost in one transaction, unlogged; not derived from interactions")

sql.execute("drop table tie; create unlogged table strength(u int not null, v int not null, s real not null)")
copy("strength", *peer.arcs())
sql.execute("vacuum analyze strength")
sql.execute("reset all; set jit = off; set work_mem = '2GB'")


def reciprocity():
    sql.execute("""select count(b.u)::float8 / count(*), sum(least(a.s, b.s)::float8) filter (where b.u is not null) / sum(a.s::float8)
                   from strength a left join strength b on b.u = a.v and b.v = a.u""")
    return sql.fetchone()


peer.time_runs("reciprocity_ms", 1e3, reciprocity, lambda row: {"r": row[0], "weighted": row[1]}, "r and weighted, a self join")

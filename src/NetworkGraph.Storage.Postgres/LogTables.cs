namespace NetworkGraph.Storage.Postgres;

/// <summary>
/// The tables of the log, version by version.
/// </summary>
/// <remarks>
/// <c>log</c> is one row: who appends locks it, so positions are dense and become visible in order, whichever node
/// writes. <c>records</c> holds one record a row, in the same checked bytes as every log. <c>mentions</c> leads from a
/// person (64 bits of the SHA-256 of the id) to the records that name them: what a grain loads. <c>erasures</c> says
/// which positions an erasure overwrote. <c>writers</c> holds the last commit of each writing process, by which it finds
/// out whether a commit got through whose answer was lost. <c>openings</c> says from which position on writers connected, by
/// which a database that was put back to an earlier state is distinguished.
/// <c>suppression</c> is one row: the secret under which the ids of erased people who stay out are hashed, and how often
/// <c>suppressed</c>, these hashes, changed. They are no part of the log.
/// </remarks>
internal static class LogTables
{
    public const string Part = "log";

    public static readonly string[] Steps =
    [
        """
        CREATE TABLE log (
            one boolean PRIMARY KEY DEFAULT true CHECK (one),
            identity uuid NOT NULL DEFAULT gen_random_uuid(),
            last_position bigint NOT NULL,
            erased_position bigint NOT NULL) WITH (fillfactor = 10);
        INSERT INTO log (last_position, erased_position) VALUES (0, 0);
        CREATE TABLE records (position bigint PRIMARY KEY, id_hash bigint NOT NULL, content_hash int NOT NULL, payload bytea NOT NULL);
        CREATE INDEX records_by_id ON records (id_hash) WHERE id_hash <> 0;
        CREATE TABLE mentions (person bigint, position bigint, PRIMARY KEY (person, position));
        CREATE TABLE erasures (erasure bigint, tombstone bigint, PRIMARY KEY (erasure, tombstone));
        CREATE TABLE openings (first_position bigint PRIMARY KEY, opening uuid NOT NULL);
        CREATE TABLE writers (
            writer uuid PRIMARY KEY, last_commit bigint NOT NULL, seen timestamptz NOT NULL DEFAULT now()) WITH (fillfactor = 10);
        """,
        """
        CREATE TABLE suppression (
            one boolean PRIMARY KEY DEFAULT true CHECK (one), secret bytea NOT NULL, version bigint NOT NULL) WITH (fillfactor = 10);
        INSERT INTO suppression (secret, version)
            VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'), 0);
        CREATE TABLE suppressed (hash bytea PRIMARY KEY, erasure uuid NOT NULL, at_ms bigint NOT NULL);
        """,
    ];
}

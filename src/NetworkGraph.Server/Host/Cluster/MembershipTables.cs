namespace NetworkGraph.Server.Host.Cluster;

/// <summary>The tables of the cluster's membership, version by version, beside the log's.</summary>
internal static class MembershipTables
{
    public const string Part = "membership";

    public static readonly string[] Steps =
    [
        """
        CREATE TABLE clusters (cluster text PRIMARY KEY, version int NOT NULL);
        CREATE TABLE silos (
            cluster text, silo text, etag bigint NOT NULL, status int NOT NULL, name text NOT NULL, host text NOT NULL,
            proxy_port int NOT NULL, started timestamptz NOT NULL, alive timestamptz NOT NULL, suspected text NOT NULL,
            PRIMARY KEY (cluster, silo));
        """,
    ];
}

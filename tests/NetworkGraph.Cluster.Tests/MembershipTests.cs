using System.Net;
using NetworkGraph.Server.Host.Cluster;
using NetworkGraph.Storage.Postgres;
using NetworkGraph.Storage.Postgres.Tests;
using Orleans;
using Orleans.Runtime;

namespace NetworkGraph.Cluster.Tests;

public sealed class MembershipTests : IAsyncLifetime
{
    private Database? _database;
    private PostgresMembership? _table;

    private PostgresMembership Table => _table ?? throw new InvalidOperationException("The table is not there.");

    public async ValueTask InitializeAsync()
    {
        _database = Database.Of(await TestPostgres.ConnectionStringAsync(), TestPostgres.NewSchema(), 4);
        _table = new PostgresMembership(_database, "test");
        await Task.WhenAll(_table.InitializeMembershipTable(true), _table.InitializeMembershipTable(true));
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_silo_that_joins_is_read_back_whole()
    {
        var entry = Entry(1, SiloStatus.Joining);
        entry.AddSuspector(Address(2), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        (await Table.InsertRow(entry, (await Table.ReadAll()).Version.Next())).ShouldBeTrue();

        var all = await Table.ReadAll();
        all.Version.Version.ShouldBe(1);
        var read = all.Members.ShouldHaveSingleItem().Item1;
        (read.SiloAddress, read.Status, read.SiloName, read.HostName, read.ProxyPort).ShouldBe(
            (entry.SiloAddress, SiloStatus.Joining, "silo", "host", 30001));
        (read.StartTime, read.IAmAliveTime).ShouldBe((entry.StartTime, entry.IAmAliveTime));
        read.SuspectTimes.ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe(entry.SuspectTimes![0]);
        (await Table.ReadRow(entry.SiloAddress)).Members.Count.ShouldBe(1);
        (await Table.ReadRow(Address(9))).Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_comes_second_is_refused()
    {
        var version = (await Table.ReadAll()).Version.Next();
        (await Table.InsertRow(Entry(1, SiloStatus.Active), version)).ShouldBeTrue();
        (await Table.InsertRow(Entry(2, SiloStatus.Active), version)).ShouldBeFalse();
        (await Table.InsertRow(Entry(1, SiloStatus.Active), (await Table.ReadAll()).Version.Next())).ShouldBeFalse();

        var before = await Table.ReadAll();
        before.Version.Version.ShouldBe(1);
        var etag = before.Members[0].Item2;
        (await Table.UpdateRow(Entry(1, SiloStatus.Dead), etag, before.Version.Next())).ShouldBeTrue();
        (await Table.UpdateRow(Entry(1, SiloStatus.Active), etag, (await Table.ReadAll()).Version.Next())).ShouldBeFalse();
        (await Table.ReadAll()).Members[0].Item1.Status.ShouldBe(SiloStatus.Dead);
    }

    [Fact]
    public async Task Signs_of_life_change_no_version_and_long_dead_silos_are_forgotten()
    {
        var entry = Entry(1, SiloStatus.Dead);
        await Table.InsertRow(entry, (await Table.ReadAll()).Version.Next());
        var alive = entry.IAmAliveTime.AddMinutes(1);
        await Table.UpdateIAmAlive(new MembershipEntry { SiloAddress = entry.SiloAddress, IAmAliveTime = alive });
        var all = await Table.ReadAll();
        (all.Version.Version, all.Members[0].Item1.IAmAliveTime).ShouldBe((1, alive));

        await Table.CleanupDefunctSiloEntries(alive.AddMinutes(-1));
        (await Table.ReadAll()).Members.Count.ShouldBe(1);
        await Table.CleanupDefunctSiloEntries(alive.AddMinutes(1));
        (await Table.ReadAll()).Members.ShouldBeEmpty();
        await Table.DeleteMembershipTableEntries("test");
    }

    [Fact]
    public async Task Of_parallel_changes_of_one_version_exactly_one_is_taken()
    {
        var entry = Entry(1, SiloStatus.Joining);
        await Table.InsertRow(entry, (await Table.ReadAll()).Version.Next());
        const int Changes = 5, Writers = 4;
        for (var change = 0; change < Changes; change++)
        {
            var before = await Table.ReadAll();
            var taken = await Task.WhenAll(
                Enumerable.Range(0, Writers).Select(_ => Table.UpdateRow(entry, before.Members[0].Item2, before.Version.Next())));
            taken.Count(isTaken => isTaken).ShouldBe(1);
        }
        (await Table.ReadAll()).Version.Version.ShouldBe(1 + Changes);
    }

    private static SiloAddress Address(int generation) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), generation);

    private static MembershipEntry Entry(int generation, SiloStatus status) => new()
    {
        SiloAddress = Address(generation),
        Status = status,
        SiloName = "silo",
        HostName = "host",
        ProxyPort = 30001,
        StartTime = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        IAmAliveTime = new DateTime(2026, 1, 1, 0, 0, 1, DateTimeKind.Utc),
    };
}

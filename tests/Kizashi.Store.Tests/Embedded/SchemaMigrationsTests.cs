using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded;
using Kizashi.Store.Embedded.State;
using Kizashi.Testing;

namespace Kizashi.Store.Tests.Embedded;

public sealed class SchemaMigrationsTests
{
    [Fact]
    public void A_file_of_version_1_is_brought_up_to_date_and_keeps_what_it_has()
    {
        using var folder = new TemporaryFolder();
        using (var session = new SqliteSession(folder.File(StateDatabase.FileName), readOnly: false))
        {
            SchemaMigrations.Apply(session, 1);
            session.Execute("INSERT INTO account VALUES ('ann', 'Ann', 'hash', 'admin', 0)");
            Assert.False(session.Exists("SELECT 1 FROM sqlite_master WHERE name = 'sensor_gap'"));
        }

        using (var store = Open(folder))
        {
            Assert.Equal("Ann", store.Accounts.Find("ann")!.Name);
            store.AddGap(new SensorGap("a", StoreFixture.Noon, StoreFixture.Noon.AddHours(1), "cable"));
        }

        using (var session = new SqliteSession(folder.File(StateDatabase.FileName), readOnly: true))
            Assert.Equal(SchemaMigrations.Current, session.Number("SELECT max(version) FROM schema_version"));

        Open(folder).Dispose();
    }

    [Fact]
    public async Task Rollups_of_version_3_keep_their_sums_and_their_sources()
    {
        using var folder = new TemporaryFolder();
        var start = StoreFixture.Noon.ToUnixTimeSeconds();
        using (var session = new SqliteSession(folder.File(StateDatabase.FileName), readOnly: false))
        {
            SchemaMigrations.Apply(session, 3);
            // Port 23 of TCP: key 6 << 16 | 23, 300 packets, two sparse registers; port 24 beside it, one packet, all registers.
            byte[] registers = [.. Enumerable.Range(0, 256).Select(register => (byte)(register % 4 == 0 ? 1 : 0))];
            byte[] body = [2, 0x97, 0x80, 0x18, 0xAC, 0x02, 3, 1, 40, 2, 50, 1, 1, 0, .. registers];
            session.Execute("INSERT INTO rollup VALUES (1, 1, 0, $0, '', 0, 301, 3, $1, $2)", start, body, start * 1000);
        }

        using var store = Open(folder);
        var ports = await store.PortsAsync(
            new TimeRange(StoreFixture.Noon, StoreFixture.Noon.AddMinutes(1)), 5, rising: false, TestContext.Current.CancellationToken);
        Assert.Equal([((ushort)23, 300L), ((ushort)24, 1L)], ports.Select(port => (port.Port, port.Packets)));
        Assert.Equal(2, ports[0].Sources);
        Assert.InRange(ports[1].Sources, 60, 90);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        using (var session = new SqliteSession(folder.File(StateDatabase.FileName), readOnly: false))
        {
            SchemaMigrations.Apply(session);
            session.Execute("INSERT INTO schema_version VALUES (99)");
        }

        var refused = Assert.Throws<StoreVersionException>(() => Open(folder));
        Assert.Contains("version 99", refused.Message, StringComparison.Ordinal);
        Assert.Throws<StoreVersionException>(() => Open(folder));
    }

    private static EmbeddedStore Open(TemporaryFolder folder) =>
        EmbeddedStore.Open(new EmbeddedStoreOptions { DataDirectory = folder.Path }, TimeProvider.System, new FakeBook(false));
}

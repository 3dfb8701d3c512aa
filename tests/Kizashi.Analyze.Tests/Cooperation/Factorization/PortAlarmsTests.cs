using Kizashi.Analyze.Cooperation.Factorization;

namespace Kizashi.Analyze.Tests.Cooperation.Factorization;

public sealed class PortAlarmsTests
{
    private const uint Telnet = (6u << 16) | 23;
    private const uint Http = (6u << 16) | 80;

    [Fact]
    public void A_port_of_three_in_ten_hosts_is_named()
    {
        var alarms = new PortAlarms([At(0, Telnet), At(4, Telnet), At(9, Telnet), At(4, Http), At(9, Http)]);

        var alarm = Assert.Single(alarms.Of([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));

        Assert.Equal((Telnet, 3, 1), (alarm.Port, alarm.Hosts, alarm.Level));
        Assert.Equal(0.3, alarm.Share, 1e-9);
    }

    [Fact]
    public void One_host_is_no_group() => Assert.Empty(new PortAlarms([At(0, Telnet), At(0, Telnet)]).Of([0, 1]));

    [Fact]
    public void Hosts_outside_the_group_do_not_count() =>
        Assert.Empty(new PortAlarms([At(0, Telnet), At(3, Telnet)]).Of([0, 1, 2]));

    [Fact]
    public void More_than_seven_tenths_on_one_destination_is_level_four()
    {
        Contact[] contacts = [.. Enumerable.Range(0, 8).Select(host => new Contact(host, Telnet, 1, 10)), new(8, Telnet, 2, 10), new(9, Telnet, 3, 10)];

        Assert.Equal(4, Assert.Single(new PortAlarms(contacts).Of([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).Level);
        Assert.Equal(1, Assert.Single(new PortAlarms(contacts[1..]).Of([1, 2, 3, 7, 8, 9])).Level);
    }

    [Fact]
    public void Packets_alone_do_not_concentrate()
    {
        Contact[] contacts = [new(0, Telnet, 1, 1000), new(1, Telnet, 2, 1), new(2, Telnet, 3, 1)];

        Assert.False(Assert.Single(new PortAlarms(contacts).Of([0, 1, 2])).IsConcentrated);
    }

    [Fact]
    public void The_order_of_contacts_does_not_matter()
    {
        Contact[] contacts = [At(0, Http), At(0, Telnet), At(1, Telnet), At(0, Http), At(1, Http)];

        Assert.Equal(new PortAlarms(contacts).Of([0, 1]), new PortAlarms(contacts.Reverse()).Of([0, 1]));
    }

    [Fact]
    public void An_empty_group_has_no_port() => Assert.Empty(new PortAlarms([At(0, Http)]).Of([]));

    private static Contact At(int host, uint port) => new(host, port, (ulong)host + 100, 1);
}

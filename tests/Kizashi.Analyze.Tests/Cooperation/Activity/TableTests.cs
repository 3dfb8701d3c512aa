using Kizashi.Analyze.Cooperation.Activity;

namespace Kizashi.Analyze.Tests.Cooperation.Activity;

/// <summary>The tables of minutes and windows, which are used again and again.</summary>
public sealed class TableTests
{
    private const int Many = 5000;

    [Fact]
    public void A_window_used_again_holds_what_a_new_one_does()
    {
        var used = new GroupTable(1 << 14);
        foreach (var number in (int[])[Many, Many, 3, Many / 2, 3, 3, 3, 3, 3, Many])
        {
            var fresh = new GroupTable(1 << 14);
            for (var at = 0; at < number; at++)
            {
                used.Add(GroupOf(at));
                fresh.Add(GroupOf(at));
                fresh.Add(GroupOf(at));
                used.Add(GroupOf(at));
            }

            Assert.Equal(number, used.Count);
            Assert.Equal(fresh.Sorted(), used.Sorted());
            used.Clear();
        }
    }

    [Fact]
    public void A_full_window_keeps_the_groups_of_its_level_whatever_their_order()
    {
        var (forth, back) = (new GroupTable(1000), new GroupTable(1000));
        for (var at = 0; at < Many; at++)
        {
            forth.Add(GroupOf(at));
            back.Add(GroupOf(Many - 1 - at));
        }

        Assert.InRange(forth.Level, 2, 4);
        Assert.Equal(forth.Level, back.Level);
        Assert.Equal(forth.Sorted(), back.Sorted());
        var expected = Enumerable.Range(0, Many).Select(GroupOf)
            .Where(group => MinuteTable.IsSampled(group.Example, forth.Level)).Order().ToArray();
        Assert.Equal(expected, forth.Sorted());
    }

    [Fact]
    public void A_minute_used_again_holds_what_a_new_one_does()
    {
        var used = new MinuteTable(1 << 14);
        foreach (var number in (int[])[Many, Many, 3, Many / 2, 3, 3, 3, 3, 3, Many])
        {
            var fresh = new MinuteTable(1 << 14);
            for (var at = 0; at < number; at++)
            {
                Add(used, at);
                Add(fresh, at);
            }

            Assert.Equal(number, used.Count);
            Assert.Equal(Held(fresh), Held(used));
            used.Clear();
            Assert.Equal((0, 0, 0L), (used.Count, used.Level, used.Packets));
        }
    }

    [Fact]
    public void A_full_minute_keeps_the_groups_of_its_level_whatever_their_order()
    {
        var (forth, back) = (new MinuteTable(1000), new MinuteTable(1000));
        for (var at = 0; at < Many; at++)
        {
            Add(forth, at);
            Add(back, Many - 1 - at);
        }

        Assert.Equal(forth.Level, back.Level);
        Assert.Equal(
            Enumerable.Range(0, Many).Select(at => (ulong)at << 16).Where(source => MinuteTable.IsSampled(source, forth.Level)),
            Held(forth));
        Assert.Equal(Held(forth), Held(back));
    }

    private static GroupActivity GroupOf(int at) => new()
    {
        Group = (ulong)at,
        Port = 0x0600_0017,
        Shape = 5,
        Example = (ulong)at << 16,
        Packets = 1,
        Destinations = 1,
    };

    private static void Add(MinuteTable table, int at)
    {
        var packet = new HostPacket { Source = (ulong)at << 16, Port = 0x0600_0017, Shape = 5, Packets = 1 };
        table.Add(packet, MinuteTable.HashOf(packet.Source, packet.Port, packet.Shape));
    }

    private static ulong[] Held(MinuteTable table) =>
        [.. table.Places.ToArray().Where(place => place.Port != 0).Select(place => place.Source).Order()];
}

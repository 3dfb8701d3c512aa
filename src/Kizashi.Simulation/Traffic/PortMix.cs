using Kizashi.Simulation.Frames;

namespace Kizashi.Simulation.Traffic;

/// <summary>Which ports background radiation goes to, about as darknets of the 2020s see it.</summary>
internal static class PortMix
{
    private const ulong Stride = 211;

    private static readonly (string Port, int Weight)[] Weights =
    [
        ("tcp/23", 180), ("tcp/22", 80), ("tcp/445", 75), ("tcp/80", 60), ("tcp/443", 50), ("tcp/8080", 45), ("tcp/3389", 40),
        ("tcp/5555", 30), ("tcp/1433", 28), ("tcp/6379", 28), ("tcp/8443", 15), ("tcp/81", 14), ("tcp/21", 12), ("tcp/25", 12),
        ("tcp/2323", 20), ("tcp/5900", 12), ("tcp/3306", 11), ("tcp/5432", 8), ("tcp/27017", 8), ("tcp/9200", 8),
        ("tcp/2375", 7), ("tcp/8545", 6), ("tcp/8888", 8), ("tcp/8088", 5), ("tcp/7547", 6), ("tcp/37215", 8),
        ("tcp/52869", 6), ("tcp/60001", 5), ("tcp/139", 6), ("tcp/135", 6), ("tcp/110", 3), ("tcp/143", 3), ("tcp/993", 3),
        ("tcp/5038", 3), ("tcp/1723", 3), ("tcp/11211", 3), ("tcp/10250", 4), ("tcp/2222", 6), ("tcp/4444", 3),
        ("udp/53", 14), ("udp/123", 12), ("udp/1900", 10), ("udp/161", 10), ("udp/5060", 14), ("udp/389", 6),
        ("udp/11211", 4), ("udp/137", 5), ("udp/69", 3), ("udp/500", 3), ("udp/3702", 3), ("udp/5353", 3), ("udp/19", 2),
        ("udp/443", 2), ("icmp/8", 30),
    ];

    private static readonly PortName[] Table = Spread();

    public static PortName Draw(SeededRandom random) => Table[random.Below(Table.Length)];

    /// <summary>The port of a one-packet source; when sources come round again, never the same twice in a row.</summary>
    /// <remarks>A port's entries lie together and are fewer than the stride, so a stride always leaves them.</remarks>
    public static PortName OfSingle(ulong number, ulong round) =>
        Table[(int)((SeededRandom.Mix(number) + (round * Stride)) % (ulong)Table.Length)];

    private static PortName[] Spread() =>
        [.. Weights.SelectMany(entry => Enumerable.Repeat(PortName.Parse(entry.Port), entry.Weight))];
}

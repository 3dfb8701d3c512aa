using System.Buffers.Binary;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Observe.Tests.Telescope;

public sealed class FingerprintTests
{
    private static readonly Address Scanner = Address.Parse("203.0.113.5");

    [Fact]
    public void Two_probes_with_one_session_key_are_unicornscans()
    {
        var (summary, kept) = Run(Probe(1, 0xDEADBEEF), Probe(2, 0xDEADBEEF), Probe(3, 0xDEADBEEF));
        Assert.Equal(3, summary.Fingerprints["unicornscan"]);
        Assert.Equal(2, kept.Flows.Count(row => row.Key.Marks.HasFlag(PacketMarks.Unicornscan)));
    }

    [Fact]
    public void Different_keys_and_a_repeated_probe_are_not()
    {
        var (summary, _) = Run(Probe(1, 1), Probe(2, 2), Probe(3, 3), Probe(3, 3), Probe(3, 3));
        Assert.DoesNotContain("unicornscan", summary.Fingerprints.Keys);
    }

    [Fact]
    public void A_single_match_may_be_chance_and_does_not_count() =>
        Assert.Empty(Run(Zmap(Scanner, 1), Zmap(Address.Parse("203.0.113.6"), 2)).Summary.Fingerprints);

    [Fact]
    public void Two_matches_count_both_also_within_one_tuple() =>
        Assert.Equal(2, Run(Zmap(Scanner, 1), Zmap(Scanner, 1)).Summary.Fingerprints["zmap"]);

    [Fact]
    public void Matches_to_addresses_that_are_not_dark_count_too()
    {
        using var source = new FrameList([(PacketGen.Start, Zmap(Scanner, 1)), (PacketGen.Start, Zmap(Scanner, 2))]);
        var (summary, kept) = Runs.Over(source, new() { Dark = PrefixSet.Empty });
        Assert.Equal(2, summary.Fingerprints["zmap"]);
        Assert.Empty(kept.Flows);
        Assert.Equal(2, kept.Health.NotDark);
    }

    private static byte[] Zmap(Address source, byte host) =>
        FrameBuilder.Tcp(source, Host(host), 50000, 443, 2, id: 54321);

    private static byte[] Probe(byte host, uint key)
    {
        var destination = Host(host);
        var sequence = key ^ BinaryPrimitives.ReverseEndianness(destination.V4) ^ ((443u << 16) + 50000);
        return FrameBuilder.Tcp(Scanner, destination, 50000, 443, 2, sequence);
    }

    private static Address Host(byte host) => Address.FromV4(0xC0000200u | host);

    private static (Observe.Telescope.TelescopeSummary Summary, KeptSink Kept) Run(params byte[][] frames)
    {
        using var source = new FrameList([.. frames.Select((frame, index) => (PacketGen.Start + index, frame))]);
        return Runs.Over(source);
    }
}

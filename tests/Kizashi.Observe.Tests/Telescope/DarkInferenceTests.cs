using Kizashi.Core.Addresses;
using Kizashi.Observe.Telescope;
using Kizashi.Testing;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Tests.Telescope;

public sealed class DarkInferenceTests
{
    [Fact]
    public void The_dark_addresses_of_a_real_darknet_are_found()
    {
        var inferred = Infer("slp-unsolicited-15-days.pcap");
        using var source = inferred.Source;
        Assert.True(inferred.IsDarknet);
        string[] addresses = ["165.114.202.61", "165.144.84.62", "186.112.202.53", "69.109.187.54", "74.111.203.55",
            "85.111.52.57", "90.111.212.50", "90.141.37.56", "90.145.180.58", "90.147.171.51"];
        Assert.All(addresses, address => Assert.True(inferred.Dark.Contains(Address.Parse(address))));
        Assert.Equal(10ul, inferred.Dark.SizeV4);
        Assert.Equal(629, Runs.Over(source, new() { Dark = inferred.Dark }).Summary.FlowTuples + 8);
    }

    [Theory]
    [InlineData("mirai-sandbox-2019.pcap")]
    [InlineData("telnet-session.pcap")]
    public void What_is_no_darknet_is_observed_whole_and_that_is_said(string name)
    {
        var inferred = Infer(name);
        using var source = inferred.Source;
        Assert.False(inferred.IsDarknet);
        Assert.Equal(PrefixSet.Everything.Prefixes, inferred.Dark.Prefixes);
        Assert.Contains("does not look like a darknet", inferred.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Dense_networks_are_taken_whole_adjacent_ones_joined_and_answering_addresses_left_out()
    {
        var frames = Enumerable.Range(0, 2048).Select(number => FrameBuilder.Udp(
            Address.FromV4(0x08080000u + (uint)number), Address.FromV4(0xC6336400u + (uint)(number * 7 % 512)), 9, 53)).ToList();
        frames.Add(FrameBuilder.Udp(Address.FromV4(0xC6336405), Address.FromV4(0x08080001), 53, 9));
        frames.AddRange(Enumerable.Range(0, 9).Select(number => FrameBuilder.Udp(
            Address.Parse("2001:db8::1"), Address.FromV6(Address.Parse("2001:db8:d::").Value + (uint)number), 9, 53)));
        using var inferred = Infer(frames).Source;
        var (dark, isDarknet, explanation, _) = Infer(frames);
        Assert.True(isDarknet);
        Assert.Equal("198.51.100.0/23,2001:db8:d::/64", string.Join(',', dark.Prefixes.Select(prefix => prefix.ToString()).Order()));
        Assert.False(dark.Contains(Address.FromV4(0xC6336405)));
        Assert.Contains("198.51.100.0/23", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void The_frames_looked_at_come_again_with_their_places()
    {
        var frames = Enumerable.Range(0, 500).Select(number => (PacketGen.Start + number, FrameBuilder.Udp(
            Address.Parse("203.0.113.5"), Address.Parse("192.0.2.1"), number, 53))).ToList();
        using var direct = new FrameList(frames);
        var expected = Runs.Over(direct).Kept;
        var inferred = DarkInference.Infer(new FrameList(frames), TimeProvider.System, new() { Packets = 150 }, TestContext.Current.CancellationToken);
        using var source = inferred.Source;
        var kept = Runs.Over(source).Kept;
        Assert.Equal(expected.MergedFlows, kept.MergedFlows);
        Assert.Equal(expected.Batches.Select(batch => batch.Id).ToHashSet(), kept.Batches.Select(batch => batch.Id).ToHashSet());
    }

    private static InferredDark Infer(string name) =>
        DarkInference.Infer(CaptureFile.Open(Corpus.Capture(name)), TimeProvider.System);

    private static InferredDark Infer(List<byte[]> frames) => DarkInference.Infer(
        new FrameList([.. frames.Select((frame, index) => (PacketGen.Start + index, frame))]), TimeProvider.System);
}

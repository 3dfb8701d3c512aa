using System.Text;
using CsCheck;
using Kizashi.Testing;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Payloads;

namespace Kizashi.Wire.Tests.Payloads;

public sealed class ServiceRequestTests
{
    [Theory]
    [InlineData(53, "123401000001000000000001076578616D706C65036F72670000FF0001", "ANY example.org", 0x1234, true)]
    [InlineData(53, "123401000001000000000000076578616D706C65036F72670000010001", "A example.org", 0x1234, false)]
    [InlineData(123, "1700032A00000000", "monlist", -1, true)]
    [InlineData(123, "160200010000000000000000", "control 2", 1, true)]
    [InlineData(123, "230000000000000000000000", "client", -1, false)]
    [InlineData(161, "302602010104067075626C6963A51902047B2C3D4E02010002027D00300B300906052B060102010500", "getbulk public", 0x7B2C3D4E, true)]
    [InlineData(11211, "00010000000100007374617473 0D0A", "stats", 1, true)]
    [InlineData(1434, "02", "instances 2", -1, true)]
    [InlineData(9999, "00FF00", "3 bytes", -1, true)]
    public void Requests_are_told_in_their_services_words(int port, string payload, string command, long id, bool amplifies)
    {
        var request = ServiceRequest.Of(Packet(port, Convert.FromHexString(payload.Replace(" ", "", StringComparison.Ordinal))));
        Assert.Equal(new ServiceRequest(command, id, amplifies), request);
    }

    [Fact]
    public void Searches_are_told_with_what_is_sought() =>
        Assert.Equal("M-SEARCH ssdp:all", ServiceRequest.Of(Packet(1900, Encoding.ASCII.GetBytes("M-SEARCH * HTTP/1.1\r\nHOST:239.255.255.250:1900\r\nST:ssdp:all\r\nMAN:\"ssdp:discover\"\r\n\r\n")))?.Command);

    [Fact]
    public void Any_bytes_give_short_printable_words()
    {
        int[] ports = [53, 69, 111, 123, 137, 161, 389, 427, 520, 1434, 1900, 3478, 5060, 5353, 5683, 11211, 27015, 27960, 4242];
        Gen.Select(Gen.Byte.Array[0, 120], Gen.Int[0, ports.Length - 1].Select(index => ports[index])).Sample(
            (bytes, port) =>
            {
                if (ServiceRequest.Of(Packet(port, bytes)) is not { } request)
                    return;

                Assert.InRange(request.Command.Length, 0, 64);
                Assert.DoesNotContain(request.Command, sign => sign is < ' ' or > '~');
            },
            iter: 60_000);
    }

    [Fact]
    public void The_requests_of_a_real_capture_are_told()
    {
        using var source = CaptureFile.Open(Corpus.Capture("ntp-mode-6-7.pcap"));
        var (block, commands) = (new FrameBlock(), new SortedSet<string>(StringComparer.Ordinal));
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            for (var index = 0; index < block.Count; index++)
            {
                var frame = block.Data.AsSpan(block.Offset[index], block.CapturedLength[index]);
                if (ServiceRequest.Of(frame[14..]) is { } request)
                    commands.Add(request.Command);
            }
        }

        Assert.Contains("monlist", commands);
        Assert.Contains("control 2", commands);
    }

    private static byte[] Packet(int port, byte[] payload) =>
        [0x45, 0, 0, (byte)(28 + payload.Length), 0, 1, 0, 0, 50, 17, 0, 0, 203, 0, 113, 5, 192, 0, 2, 1, 0x0F, 0xA0, (byte)(port >> 8), (byte)port, 0, (byte)(8 + payload.Length), 0, 0, .. payload];
}

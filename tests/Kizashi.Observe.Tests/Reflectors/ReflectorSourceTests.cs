using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Reflectors;
using Kizashi.Observe.Telescope.Sources;
using Kizashi.Wire;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Tests.Reflectors;

/// <summary>Real sockets and real clients, on loopback alone, on ports that need no rights.</summary>
public sealed class ReflectorSourceTests
{
    private const int Offset = 20_000;

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", Offset)]
    [InlineData("0.0.0.0", "127.0.0.77", Offset + 1_000)]
    [InlineData("::1", "::1", Offset + 2_000)]
    public void A_request_is_answered_from_the_address_it_was_sent_to_and_given_as_a_packet(string listen, string asked, int offset)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        using var source = Open(listen, offset);
        using var client = new UdpClient(IPAddress.Parse(asked).AddressFamily) { Client = { ReceiveTimeout = 5_000 } };
        client.Send([7], new IPEndPoint(IPAddress.Parse(asked), 17 + offset));
        var block = new FrameBlock();
        Assert.Equal(FrameSourceStatus.Frames, Read(source, block));
        var from = new IPEndPoint(IPAddress.Any, 0);
        var answer = client.Receive(ref from!);
        Assert.Equal((IPAddress.Parse(asked), 17 + offset), (from.Address, from.Port));
        Assert.NotEmpty(answer);

        var headers = Array.Empty<PacketHeader>();
        PacketDecoder.DecodeBlock(block, ref headers);
        var header = headers[0];
        Assert.Equal((DecodeStatus.Ok, IpProtocol.Udp, 17), (header.Status, header.Protocol, header.DestinationPort));
        Assert.Equal(((IPEndPoint)client.Client.LocalEndPoint!).Port, header.SourcePort);
        Assert.Equal(64, header.Ttl);
        Assert.Equal(7, block.Frame(0)[^1]);
        Assert.True(!Address.Parse(asked).IsV4 || Checksum.Fold(Checksum.Add(block.Frame(0)[..20], 0)) == 0, "the header's checksum is right");
        var bytes = IPAddress.Parse(asked).GetAddressBytes();
        Assert.Equal(bytes, block.Frame(0).Slice(bytes.Length == 4 ? 16 : 24, bytes.Length).ToArray());
        Assert.Equal((1, 1, answer.Length), (source.Status.Requests, source.Status.Answers, source.Status.AnswerBytes));
    }

    [Fact]
    public void Resolvers_clients_read_the_answers()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dig"), "needs dig");
        const int Own = Offset + 3_000;
        using var source = Open("127.0.0.1", Own);
        using var over = new CancellationTokenSource();
        var run = new Thread(() =>
        {
            var block = new FrameBlock();
            while (!over.IsCancellationRequested)
                source.Read(block);
        });
        run.Start();
        var answer = Dig("@127.0.0.1", "-p", $"{53 + Own}", "example.org", "TXT", "+bufsize=4096", "+notcp", "+ignore", "+tries=1");
        var version = Dig("@127.0.0.1", "-p", $"{53 + Own}", "version.bind", "CH", "TXT", "+short", "+notcp", "+tries=1");
        over.Cancel();
        run.Join();
        Assert.Contains("status: NOERROR", answer, StringComparison.Ordinal);
        Assert.Contains("v=spf1", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("malformed", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("9.9.5", version, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_in_use_and_an_address_of_others_are_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        using var first = Open("127.0.0.1", Offset + 4_000);
        Assert.Contains("in use", Assert.Throws<InterfaceException>(() => Open("127.0.0.1", Offset + 4_000)).Message, StringComparison.Ordinal);
        Assert.Contains("not an address of this machine", Assert.Throws<InterfaceException>(() => Open("192.0.2.1", Offset)).Message, StringComparison.Ordinal);
    }

    private static ReflectorSource Open(string listen, int offset) => new(
        new ReflectorOptions { Services = ReflectorServices.Create(TimeProvider.System), Listen = [Address.Parse(listen)], PortOffset = offset }, TimeProvider.System);

    private static FrameSourceStatus Read(ReflectorSource source, FrameBlock block)
    {
        var status = FrameSourceStatus.Idle;
        for (var trial = 0; trial < 50 && status == FrameSourceStatus.Idle; trial++)
            status = source.Read(block);

        return status;
    }

    private static string Dig(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dig", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Reflectors;
using Kizashi.Observe.Reflectors.Services;
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
    public void What_the_kernel_gives_up_is_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        using var source = Open("127.0.0.1", Offset + 4_500);
        using var client = new UdpClient(AddressFamily.InterNetwork);
        var reflector = new IPEndPoint(IPAddress.Loopback, 17 + Offset + 4_500);
        for (var request = 0; request < 20_000; request++)
            client.Send(new byte[1_400], reflector);

        var block = new FrameBlock();
        var taken = 0L;
        for (var watch = Stopwatch.StartNew(); (source.Dropped == 0 || taken + source.Dropped < 20_000) && watch.Elapsed < TimeSpan.FromSeconds(10);)
        {
            source.Read(block);
            taken += block.Count;
        }

        Assert.InRange(source.Dropped, 1, 19_999);
        Assert.Equal(20_000, taken + source.Dropped);
    }

    [Fact]
    public void Resolvers_clients_read_the_answers_and_what_was_cut_over_tcp()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dig"), "needs dig");
        const int Own = Offset + 3_000;
        using var source = Open("127.0.0.1", Own);
        var (answer, version, cut) = While(source, () => (
            Run("dig", "@127.0.0.1", "-p", $"{53 + Own}", "example.org", "TXT", "+bufsize=4096", "+notcp", "+ignore", "+tries=1"),
            Run("dig", "@127.0.0.1", "-p", $"{53 + Own}", "version.bind", "CH", "TXT", "+short", "+notcp", "+tries=1"),
            Run("dig", "@127.0.0.1", "-p", $"{53 + Own}", "example.org", "ANY", "+bufsize=512", "+notcp", "+tries=1")));
        Assert.Contains("status: NOERROR", answer, StringComparison.Ordinal);
        Assert.Contains("v=spf1", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("malformed", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("9.9.5", version, StringComparison.Ordinal);
        Assert.Contains("Truncated, retrying in TCP mode", cut, StringComparison.Ordinal);
        Assert.Contains("(TCP)", cut, StringComparison.Ordinal);
        Assert.Contains("DNSKEY", cut, StringComparison.Ordinal);
        Assert.Equal(1, source.Status.StreamRequests);
    }

    [Fact]
    public void A_whole_network_answers_from_each_of_its_addresses_and_no_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        const int Own = Offset + 5_000;
        using var source = Open("127.99.7.0/24", Own);
        var block = new FrameBlock();
        foreach (var asked in new[] { "127.99.7.1", "127.99.7.200" })
        {
            using var client = new UdpClient(AddressFamily.InterNetwork) { Client = { ReceiveTimeout = 5_000 } };
            client.Send([7], new IPEndPoint(IPAddress.Parse(asked), 17 + Own));
            Assert.Equal(FrameSourceStatus.Frames, Read(source, block));
            var from = new IPEndPoint(IPAddress.Any, 0);
            Assert.NotEmpty(client.Receive(ref from!));
            Assert.Equal(IPAddress.Parse(asked), from.Address);
        }

        using var other = new UdpClient(AddressFamily.InterNetwork);
        other.Send([7], new IPEndPoint(IPAddress.Parse("127.99.8.1"), 17 + Own));
        Assert.Equal(FrameSourceStatus.Idle, source.Read(block));
        Assert.Equal((1, 2), (source.Status.Elsewhere, source.Status.Requests));
        Assert.Contains("ip route add local 192.0.2.0/24", Assert.Throws<InterfaceException>(() => Open("192.0.2.0/24", Own)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_port_answers_in_the_agnostic_mode_but_for_those_of_others()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        const int First = Offset + 6_000;
        using var others = new UdpClient(new IPEndPoint(IPAddress.Loopback, First + 7));
        var ports = Enumerable.Range(First, 2_000).Select(port => (ushort)port).ToArray();
        using var source = new ReflectorSource(new ReflectorOptions { Services = [new AgnosticService(ports)] }, TimeProvider.System);
        Assert.Equal(1, source.Status.PortsInUse + (source.Read(new FrameBlock()) == FrameSourceStatus.Idle ? source.Status.PortsInUse : 0));
        using var client = new UdpClient(AddressFamily.InterNetwork) { Client = { ReceiveTimeout = 5_000 } };
        client.Send([1, 2, 3], new IPEndPoint(IPAddress.Loopback, First + 1_999));
        Assert.Equal(FrameSourceStatus.Frames, Read(source, new FrameBlock()));
        var from = new IPEndPoint(IPAddress.Any, 0);
        var answer = client.Receive(ref from!);
        Assert.Equal(((28 + 3) * 10) - 28, answer.Length);
        Assert.Equal<byte>([1, 2, 3, 1], answer[..4]);
    }

    [Fact]
    public async Task A_real_server_answers_within_the_same_bounds_and_is_not_made_to_work_for_more()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        const int Own = Offset + 9_000;
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var options = new ReflectorOptions
        {
            Services = [new QotdService()],
            PortOffset = Own,
            Proxies = [new ReflectorProxy("qotd", (IPEndPoint)server.Client.LocalEndPoint!)],
        };
        using var source = new ReflectorSource(options, TimeProvider.System);
        using var client = new UdpClient(AddressFamily.InterNetwork) { Client = { ReceiveTimeout = 5_000 } };
        for (var request = 0; request < 10; request++)
            client.Send([(byte)request], new IPEndPoint(IPAddress.Loopback, 17 + Own));

        Read(source, new FrameBlock());
        var asked = new List<byte>();
        while (server.Available > 0)
        {
            var request = await server.ReceiveAsync(TestContext.Current.CancellationToken);
            asked.Add(request.Buffer[0]);

            // The last is larger than the bound of ten times the request allows.
            await server.SendAsync(request.Buffer[0] == 2 ? new byte[1_400] : new byte[100 + request.Buffer[0]], request.RemoteEndPoint, TestContext.Current.CancellationToken);
        }

        Assert.Equal<byte>([0, 1, 2], asked);
        for (var round = 0; round < 5; round++)
            source.Read(new FrameBlock());

        var from = new IPEndPoint(IPAddress.Any, 0);
        Assert.Equal([100, 101], new[] { client.Receive(ref from!).Length, client.Receive(ref from!).Length }.Order());
        Assert.Equal(17 + Own, from!.Port);
        Assert.Equal(0, client.Available);
        Assert.Equal((10, 2, 7, 201), (source.Status.Requests, source.Status.Answers, source.Status.HeldBySource, source.Status.AnswerBytes));
    }

    [Theory]
    [InlineData("-dtls1_2", 10_000)]
    [InlineData("-dtls1_2", 10_500, "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256")]
    public void Openssl_reads_the_certificate_or_that_there_is_none_for_it(string version, int offset, params string[] more)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "needs openssl");
        using var source = Open("127.0.0.1", Offset + offset);
        var output = While(source, () => Run("timeout", ["4", "openssl", "s_client", version, "-connect", $"127.0.0.1:{4433 + Offset + offset}", .. more]));
        if (more.Length == 0)
            Assert.Contains("CN = gateway.example.net", output, StringComparison.Ordinal);
        else
            Assert.Contains("handshake failure", output, StringComparison.Ordinal);
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
        new ReflectorOptions { Services = ReflectorServices.Create(TimeProvider.System), Listen = [Prefix.Parse(listen)], PortOffset = offset }, TimeProvider.System);

    private static FrameSourceStatus Read(ReflectorSource source, FrameBlock block)
    {
        var status = FrameSourceStatus.Idle;
        for (var trial = 0; trial < 50 && status == FrameSourceStatus.Idle; trial++)
            status = source.Read(block);

        return status;
    }

    private static T While<T>(ReflectorSource source, Func<T> work)
    {
        using var over = new CancellationTokenSource();
        var run = new Thread(() =>
        {
            var block = new FrameBlock();
            while (!over.IsCancellationRequested)
                source.Read(block);
        });
        run.Start();
        try
        {
            return work();
        }
        finally
        {
            over.Cancel();
            run.Join();
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + errors.GetAwaiter().GetResult();
    }
}

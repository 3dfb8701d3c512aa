using System.Runtime.InteropServices;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Reflectors;
using Kizashi.Observe.Tests.Telescope;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Tests.Reflectors;

/// <summary>Clients and scanners that others wrote, against a reflector with the bounds of its defaults, in namespaces made for the test.</summary>
public sealed partial class RealClientTests
{
    private const string Reflector = "10.66.0.1";

    /// <remarks>Each comes from a network of its own, as strangers do, so that none uses up the answers of another.</remarks>
    [Fact]
    public void Real_clients_and_scanners_take_it_for_real_servers()
    {
        (string[] Command, string[] Answers)[] clients =
        [
            (["dig", "@" + Reflector, "example.org", "ANY", "+notcp", "+ignore", "+tries=1"], ["status: NOERROR"]),
            (["ntpq", "-n", "-c", "rv", Reflector], ["version=\"ntpd 4.2.6", "stratum=3"]),
            (["ntpdig", Reflector], [Reflector + " s3 no-leap"]),
            (["snmpwalk", "-v2c", "-c", "public", "-t1", "-r0", Reflector, "1.3.6.1.2.1.1.1"], ["STRING: \"Linux gateway"]),
            (["snmpbulkget", "-v2c", "-c", "public", "-t1", "-r0", "-Cn0", "-Cr5", Reflector, "1.3.6.1.2.1.1"], ["Timeticks:", "admin@example.net"]),
            (["sipsak", "-v", "-s", "sip:100@" + Reflector], ["SIP/2.0 200 OK"]),
            (Nmap(123, "ntp-monlist"), ["Private Clients (6)", "192.0.2.25"]),
            (Nmap(123, "ntp-info"), ["stratum: 3"]),
            (Nmap(161, "snmp-sysdescr"), ["Linux gateway"]),
            (Nmap(1900, "upnp-info"), ["MiniUPnPd"]),
            (Nmap(53, "dns-recursion"), ["Recursion appears to be enabled"]),
            (Nmap(5683, "coap-resources"), ["/.well-known/core"]),
            (Nmap(11211, "memcached-info"), ["Architecture: 64 bit"]),
            (Nmap(5060, "sip-methods"), ["INVITE, ACK"]),
            (Nmap(27960, "quake3-info"), ["mapname: q3dm17"]),
            (Nmap(161, "snmp-info"), ["enterprise: net-snmp", "engineIDFormat: mac", "snmpEngineBoots: 17"]),
            (Nmap(3478, "stun-info"), ["External IP: 192.0.2.1"]),
            (Nmap(111, "rpcinfo"), ["rpcbind", "mountd"]),

            // It waits for the server's part of TLS, which never comes.
            (["bash", "-c", $"cd $(mktemp -d) && openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -days 2 -subj /CN=x 2>/dev/null; timeout 4 openvpn --client --dev null --proto udp --remote {Reflector} 1194 --ca c --cert c --key k --nobind --verb 4"], [$"TLS: Initial packet from [AF_INET]{Reflector}:1194"]),

            // Its own three probes would be all that a source gets in a minute.
            ([.. Nmap(137, "nbstat"), "--data-length", "1"], ["NetBIOS name: FILESERVER01"]),
        ];
        Assert.SkipUnless(clients.All(client => Found(client.Command[0])) && Found("zmap") && Found("masscan") && Found("openvpn"), "needs the clients that ./test installs");
        using var wire = VethPair.Make();
        wire.Reach(Reflector, "10.77.0.0/16");
        using var over = new CancellationTokenSource();
        using var ready = new ManualResetEventSlim();
        ReflectorSource? source = null;
        var faults = new List<Exception>();
        var run = new Thread(() =>
        {
            try
            {
                Enter(wire.Receiver);
                source = new ReflectorSource(
                    new ReflectorOptions { Services = ReflectorServices.Create(TimeProvider.System), Listen = [new(Address.Parse(Reflector), 32)] }, TimeProvider.System);
                ready.Set();
                var block = new FrameBlock();
                while (!over.IsCancellationRequested)
                    source.Read(block);
            }
            catch (IOException fault)
            {
                faults.Add(fault);
                ready.Set();
            }
        });
        run.Start();
        ready.Wait(TestContext.Current.CancellationToken);
        try
        {
            Assert.Empty(faults);
            for (var client = 0; client < clients.Length; client++)
            {
                var output = wire.From($"10.77.{client + 1}.2", Reflector, clients[client].Command);
                Assert.All(clients[client].Answers, answer => Assert.Contains(answer, output, StringComparison.Ordinal));
            }

            var mac = wire.MacOfReceiver();
            var zmap = wire.From("10.77.101.2", Reflector, [
                "zmap", "-q", "-b", "/dev/null", "-M", "udp", "-p", "123", "--probe-args=hex:1700032a00000000", "-i", "kztx", "-G", mac, "-S", "10.77.101.2", "-f", "saddr,sport,success", "-o", "-", "-r", "10", "-P", "3", "-c", "6", Reflector + "/32"]);
            Assert.Contains(Reflector + ",123,1", zmap, StringComparison.Ordinal);
            var masscan = wire.From("10.77.102.2", Reflector, [
                "masscan", "-pU:53,123,161", Reflector, "-e", "kztx", "--router-mac", mac, "--source-ip", "10.77.102.2", "--wait", "2", "--rate", "10"]);
            foreach (var port in new[] { "53", "123", "161" })
                Assert.Contains($"open port {port}/udp", masscan, StringComparison.Ordinal);
        }
        finally
        {
            over.Cancel();
            run.Join();
            source?.Dispose();
        }
    }

    private static string[] Nmap(int port, string script) => ["nmap", "-sU", "-Pn", "-n", "--max-retries", "1", "-p", $"{port}", "--script", script, Reflector];

    private static bool Found(string program) => new[] { "/usr/bin/", "/usr/sbin/" }.Any(folder => File.Exists(folder + program));

    // Of the calling thread alone, which ends with the test.
    private static void Enter(string space)
    {
        const int Network = 0x40000000;
        using var file = File.OpenHandle("/run/netns/" + space);
        Assert.Equal(0, SetNamespace((int)file.DangerousGetHandle(), Network));
    }

    [LibraryImport("libc", EntryPoint = "setns")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNamespace(int file, int kind);
}

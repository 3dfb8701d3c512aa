using Kizashi.Observe.Reflectors.Services;

namespace Kizashi.Observe.Reflectors;

/// <summary>All services there are.</summary>
public static class ReflectorServices
{
    public static IReadOnlyList<IReflectorService> Create(TimeProvider time) =>
    [
        new QotdService(), new ChargenService(), new DnsService(), new TftpService(), new PortmapService(), new NtpService(time), new NetBiosService(), new SnmpService(),
        new CldapService(), new SlpService(), new RipService(), new MssqlService(), new SsdpService(), new ArdService(), new StunService(),
        new WsDiscoveryService(), new SipService(), new MdnsService(), new CoapService(), new UbiquitiService(), new MemcachedService(),
        new A2sService(), new QuakeService(), new JenkinsService(), new OpenVpnService(), new DtlsService(),
    ];
}

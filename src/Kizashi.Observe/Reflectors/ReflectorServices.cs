using Kizashi.Observe.Reflectors.Services;

namespace Kizashi.Observe.Reflectors;

/// <summary>All services there are.</summary>
public static class ReflectorServices
{
    public static IReadOnlyList<IReflectorService> Create(TimeProvider time) =>
    [
        new QotdService(), new ChargenService(), new DnsService(), new PortmapService(), new NtpService(time), new NetBiosService(), new SnmpService(),
        new CldapService(), new MssqlService(), new SsdpService(), new StunService(), new MemcachedService(),
    ];
}

using Kizashi.Observe.Reflectors.Services;

namespace Kizashi.Observe.Reflectors;

/// <summary>All services there are.</summary>
public static class ReflectorServices
{
    public static IReadOnlyList<IReflectorService> Create(TimeProvider time) =>
        [new QotdService(), new ChargenService(), new DnsService(), new NtpService(time), new SsdpService(), new MemcachedService()];
}

using System.Net;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Reflectors.Services;
using Kizashi.Observe.Reflectors.Sockets;
using Kizashi.Observe.Telescope.Sources;

namespace Kizashi.Observe.Reflectors;

/// <summary>All sockets of a reflector, opened together or not at all.</summary>
internal sealed class ReflectorListeners : IDisposable
{
    private const int Buffer = 8 << 20;
    private const int SmallBuffer = 64 << 10;

    private readonly List<ReflectorListener> _all = [];
    private readonly List<ProxiedAnswers> _proxies = [];
    private readonly List<StreamAnswers> _streams = [];

    /// <exception cref="InterfaceException">An address or port cannot be listened on; the message says why.</exception>
    public ReflectorListeners(ReflectorOptions options, ReplyBudget budget, TimeProvider time)
    {
        try
        {
            Networks = new PrefixSet(options.Listen.Where(listen => !listen.IsOne));
            Open(options, budget, time);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<ReflectorListener> All => _all;

    public IReadOnlyList<ProxiedAnswers> Proxies => _proxies;

    /// <summary>What the sockets of whole networks answer for.</summary>
    public PrefixSet Networks { get; }

    /// <summary>What the kernel gave up at all sockets.</summary>
    public long Dropped => _all.Sum(listener => listener.Socket.Dropped);

    public int PortsInUse { get; private set; }

    public long StreamRequests => _streams.Sum(stream => stream.Requests);

    public void Dispose()
    {
        _all.ForEach(listener => listener.Socket.Dispose());
        _proxies.ForEach(proxy => proxy.Dispose());
        _streams.ForEach(stream => stream.Dispose());
    }

    private void Open(ReflectorOptions options, ReplyBudget budget, TimeProvider time)
    {
        var proxies = options.Proxies.ToDictionary(proxy => proxy.Service, proxy => new ProxiedAnswers(proxy.Server, time), StringComparer.Ordinal);
        _proxies.AddRange(proxies.Values);
        foreach (var network in options.Listen.Where(listen => !listen.IsOne))
        {
            if (!UdpSocket.IsLocal(network.First))
                throw new InterfaceException($"{network} does not come to this machine as its own: `ip route add local {network} dev lo` lets it.");
        }

        // 0.0.0.0 and :: are addresses that stand for all. A socket of them serves all networks of a family.
        var addresses = options.Listen.Where(listen => listen.IsOne).Select(listen => (listen.First, IsNetwork: false))
            .Concat(options.Listen.Where(listen => !listen.IsOne).Select(network => network.IsV4).Distinct().Select(isV4 => (isV4 ? Address.FromV4(0) : Address.FromV6(0), IsNetwork: true)));
        foreach (var (address, isNetwork) in addresses)
        {
            foreach (var service in options.Services)
                Open(options, service, (address, isNetwork), proxies.GetValueOrDefault(service.Name));

            foreach (var service in options.Services.OfType<IStreamService>().Where(service => !proxies.ContainsKey(service.Name)))
                _streams.AddRange(service.Ports.Select(port => new StreamAnswers(new IPEndPoint(address.ToIPAddress(), port + options.PortOffset), service, budget, time)));
        }
    }

    private void Open(ReflectorOptions options, IReflectorService service, (Address Address, bool IsNetwork) at, ProxiedAnswers? proxy)
    {
        foreach (var port in service.Ports)
        {
            // Of any ports some are always in use; of a service's own that is a mistake to be told.
            var bound = (ushort)(port + options.PortOffset);
            var socket = service is AgnosticService
                ? UdpSocket.OpenUnlessInUse(at.Address, bound, SmallBuffer)
                : UdpSocket.Open(at.Address, bound, Buffer);
            if (socket is null)
                PortsInUse++;
            else
                _all.Add(new ReflectorListener(socket, service, port, proxy, at.IsNetwork));
        }
    }
}

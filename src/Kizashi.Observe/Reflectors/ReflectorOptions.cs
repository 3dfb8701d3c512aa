using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Reflectors;

/// <summary>Where a reflector listens, and what it offers.</summary>
public sealed record ReflectorOptions
{
    /// <summary>Addresses of this machine, or networks that it takes whole; 0.0.0.0/32 and ::/128 stand for all of a family. Default 127.0.0.1: nobody outside is answered.</summary>
    public IReadOnlyList<Prefix> Listen { get; init; } = [Prefix.Of(Address.FromV4(0x7F000001))];

    /// <summary>At least one.</summary>
    public required IReadOnlyList<IReflectorService> Services { get; init; }

    public ReplyLimits Limits { get; init; } = new();

    /// <summary>Services whose answers a real server gives.</summary>
    public IReadOnlyList<ReflectorProxy> Proxies { get; init; } = [];

    /// <summary>Added to every port, so that a test needs no rights. Default 0.</summary>
    public int PortOffset { get; init; }
}

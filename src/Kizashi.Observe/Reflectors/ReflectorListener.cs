using Kizashi.Observe.Reflectors.Sockets;

namespace Kizashi.Observe.Reflectors;

/// <summary>A socket, what answers on it, and which port it stands for.</summary>
internal sealed record ReflectorListener(UdpSocket Socket, IReflectorService Service, ushort Port, ProxiedAnswers? Proxy, bool IsNetwork);

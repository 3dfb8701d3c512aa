using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Reflectors.Sockets;

/// <summary>Where a datagram came from and went to.</summary>
/// <param name="Source">Who claims to have sent it.</param>
/// <param name="SourcePort">From which port.</param>
/// <param name="Destination">Whom of this machine it was sent to; null if the system did not tell.</param>
/// <param name="Ttl">Time to live or hop limit on arrival; 0 if the system did not tell.</param>
/// <param name="Each">Bytes of each datagram of a train of them; <see cref="int.MaxValue"/> for one alone.</param>
internal readonly record struct Datagram(Address Source, ushort SourcePort, Address? Destination, byte Ttl, int Each);

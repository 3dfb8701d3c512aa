using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>What packets of one FlowTuple share.</summary>
internal sealed record FlowKey(
    uint Slot, Address Source, Address Destination, ushort SourcePort, ushort DestinationPort, byte Protocol, byte Ttl,
    byte TcpFlags, ushort Length, ushort SynLength, ushort SynWindow, PacketMarks Marks);

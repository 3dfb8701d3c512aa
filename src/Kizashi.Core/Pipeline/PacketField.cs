namespace Kizashi.Core.Pipeline;

/// <summary>One field of a layer and the bytes it stands in.</summary>
/// <param name="Name">As in the specification: "Time to live".</param>
/// <param name="Value">For people: "54321 (ZMap)".</param>
/// <param name="Offset">From the packet's start, bytes.</param>
/// <param name="Length">Bytes; fields smaller than a byte name the byte they are in.</param>
public sealed record PacketField(string Name, string Value, int Offset, int Length);

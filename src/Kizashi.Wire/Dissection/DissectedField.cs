namespace Kizashi.Wire.Dissection;

/// <summary>One field of a layer and the bytes it stands in.</summary>
/// <param name="Name">As in the specification: "Time to live".</param>
/// <param name="Value">For people.</param>
/// <param name="Offset">From the packet's start, bytes.</param>
/// <param name="Length">Bytes; a field smaller than a byte names the byte it is in.</param>
public sealed record DissectedField(string Name, string Value, int Offset, int Length);

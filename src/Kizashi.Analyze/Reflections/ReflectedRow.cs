using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Reflections;

/// <summary>Requests of one FlowTuple.</summary>
/// <param name="Service">Asked port.</param>
/// <param name="Reflector">Asked address.</param>
/// <param name="First">Milliseconds since 1970 UTC.</param>
/// <param name="Last">Milliseconds since 1970 UTC.</param>
/// <param name="Requests">How many.</param>
/// <param name="Bytes">Their IP bytes.</param>
/// <param name="Batch">Id of the batch that brought it.</param>
internal readonly record struct ReflectedRow(
    ushort Service, Address Reflector, long First, long Last, long Requests, long Bytes, UInt128 Batch);

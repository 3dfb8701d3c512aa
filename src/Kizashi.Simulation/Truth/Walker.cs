using Kizashi.Core.Addresses;
using Kizashi.Simulation.Frames;

namespace Kizashi.Simulation.Truth;

/// <summary>Who walks over the darknet, on which port, in which steps.</summary>
/// <param name="Source">The sender.</param>
/// <param name="Port">The port it looks for.</param>
/// <param name="Step">From one dark address's number to the next's; coprime to their number.</param>
/// <param name="Overlaps">Another event counts these packets too.</param>
internal readonly record struct Walker(Address Source, PortName Port, ulong Step, bool Overlaps = false);

using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Simulation.Flows;

/// <summary>Whom a simulated answer tells of.</summary>
/// <param name="Victim">The attacked address.</param>
/// <param name="Protocol">IANA number of the attack's protocol.</param>
/// <param name="Port">The attacked port, 0 without ports.</param>
/// <param name="Reason">What kind of answer.</param>
internal readonly record struct FlowAnswer(Address Victim, byte Protocol, ushort Port, BackscatterReason Reason);

namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Packets of one host or host group to one destination and port in a window.</summary>
/// <param name="Column">The host's index in the matrix judged.</param>
/// <param name="Port">(protocol &lt;&lt; 16) | destination port.</param>
/// <param name="Destination">Any number that is the same for the same destination and differs for others.</param>
/// <param name="Packets">At least 1.</param>
internal readonly record struct Contact(int Column, uint Port, ulong Destination, uint Packets);

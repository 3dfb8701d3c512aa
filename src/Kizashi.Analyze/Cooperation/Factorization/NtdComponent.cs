namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Host groups that send to the same ports at the same time.</summary>
/// <param name="Groups">Indices, ascending; each sent to one of the ports at least.</param>
/// <param name="Ports">Indices, ascending; each got packets of two of the groups at least.</param>
/// <param name="Profile">How active the component is in each minute; sums to 1.</param>
/// <param name="Packets">Packets of these groups to these ports in the window.</param>
/// <param name="Focus">The same as part of all packets of these groups, above 0 to 1.</param>
/// <param name="Score">
/// Part of the sum of squares of this block of the tensor that the decomposition explains, 0..1: 1 when all act in step.
/// </param>
internal sealed record NtdComponent(
    int[] Groups, int[] Ports, float[] Profile, double Packets, double Focus, double Score);

namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>A port that a group of hosts has in common.</summary>
/// <param name="Port">(protocol &lt;&lt; 16) | destination port.</param>
/// <param name="Hosts">Members of the group that sent to it.</param>
/// <param name="Share">The same by the group's size, 0..1.</param>
/// <param name="IsConcentrated">
/// Level 4: one destination got more than 70 % of the packets and of the pairs of host and destination.
/// </param>
internal readonly record struct PortAlarm(uint Port, int Hosts, double Share, bool IsConcentrated)
{
    /// <summary>Dark-TRACER's: 1 an attack, 4 the same on one destination.</summary>
    public int Level => IsConcentrated ? 4 : 1;
}

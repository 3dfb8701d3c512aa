using Kizashi.Core.Alerts;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;

namespace Kizashi.Portal.Ports;

/// <summary>What is known of a port in a range.</summary>
/// <param name="Range">The range of the growth curve.</param>
/// <param name="Bucket">Width of its steps.</param>
/// <param name="Series">Packets and sources per step.</param>
/// <param name="SourceRange">The last day of the range, or all of a shorter one: that is where sources were looked for.</param>
/// <param name="Sources">The busiest, busiest first.</param>
/// <param name="Alerts">Alerts that name the port, newest first.</param>
/// <param name="Samples">Raw packets to the port, of different sources, oldest first.</param>
internal sealed record PortView(
    TimeRange Range,
    TimeSpan Bucket,
    IReadOnlyList<SeriesPoint> Series,
    TimeRange SourceRange,
    IReadOnlyList<PortSource> Sources,
    IReadOnlyList<Alert> Alerts,
    IReadOnlyList<PacketSample> Samples)
{
    public long Packets => Series.Sum(point => point.Packets ?? 0);

    /// <summary>Distinct sources of the busiest step, estimated; sums over steps would count one source many times.</summary>
    public long MostSources => Series.Max(point => point.Sources) ?? 0;
}

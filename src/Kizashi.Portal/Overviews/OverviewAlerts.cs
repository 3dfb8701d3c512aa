using Kizashi.Core.Alerts;

namespace Kizashi.Portal.Overviews;

/// <summary>The alerts part of the overview.</summary>
/// <param name="Newest">Opened last, newest first.</param>
/// <param name="Open">Number of open alerts of each severity.</param>
/// <param name="LastHour">Opened in the hour before the anchor.</param>
internal sealed record OverviewAlerts(
    IReadOnlyList<Alert> Newest, IReadOnlyDictionary<Severity, long> Open, long LastHour)
{
    public long OpenTotal => Open.Values.Sum();
}

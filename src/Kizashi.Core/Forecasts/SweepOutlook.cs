using Kizashi.Core.Addresses;

namespace Kizashi.Core.Forecasts;

/// <summary>When attacks that walk through addresses in order are expected to reach a network.</summary>
/// <param name="Network">One of the operator's own.</param>
/// <param name="From">The attacks walk from about here...</param>
/// <param name="To">...to about here, so far.</param>
/// <param name="Attacks">That make the walk.</param>
/// <param name="Probability">That it is reached, 0..1.</param>
/// <param name="Reached">When, expected.</param>
public sealed record SweepOutlook(Prefix Network, Address From, Address To, int Attacks, double Probability, OutlookRange<DateTimeOffset> Reached);

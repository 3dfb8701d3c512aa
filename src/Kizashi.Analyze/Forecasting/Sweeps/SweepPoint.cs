using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Forecasting.Sweeps;

/// <summary>An address that was attacked or probed, and when first.</summary>
public readonly record struct SweepPoint(DateTimeOffset At, Address Address);

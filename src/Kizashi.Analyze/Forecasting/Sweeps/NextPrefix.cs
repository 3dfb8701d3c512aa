using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Forecasting.Sweeps;

/// <summary>A network that a walk through addresses is about to reach.</summary>
/// <param name="Network">One of those asked for.</param>
/// <param name="From">Where the walk began.</param>
/// <param name="Front">How far it has come.</param>
/// <param name="Points">That make the walk.</param>
/// <param name="Probability">That it goes on so far: what has come so far goes as far again with 1/2.</param>
/// <param name="At">When, expected.</param>
/// <param name="Earliest">19 times in 20 not before...</param>
/// <param name="Latest">...and not after.</param>
public sealed record NextPrefix(Prefix Network, Address From, Address Front, int Points, double Probability, DateTimeOffset At, DateTimeOffset Earliest, DateTimeOffset Latest);

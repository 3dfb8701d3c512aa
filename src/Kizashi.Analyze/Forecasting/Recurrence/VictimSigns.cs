using Kizashi.Analyze.Forecasting.Bursts;

namespace Kizashi.Analyze.Forecasting.Recurrence;

/// <summary>What speaks for or against another attack on a victim, at a time and from what was known then.</summary>
internal sealed class VictimSigns
{
    private const double Week = 7;

    // Attacks in a victim's name before its own are known: half of one in a month.
    private const double PriorAttacks = 0.5;
    private const double PriorDays = 30;

    private readonly IReadOnlyList<VictimHistory> _victims;
    private readonly Dictionary<string, List<VictimHistory>> _networks;
    private readonly HawkesProcess _shape;

    /// <param name="victims">All.</param>
    /// <param name="until">Day up to which the bursts are learned.</param>
    public VictimSigns(IReadOnlyList<VictimHistory> victims, double until)
    {
        _victims = victims;
        _networks = victims.Where(victim => victim.Network.Length > 0).GroupBy(victim => victim.Network).ToDictionary(group => group.Key, group => group.ToList());
        _shape = Shape(until);
    }

    public double[] Of(VictimHistory victim, double now, double ahead)
    {
        var count = victim.Until(now);
        var known = victim.Days.AsSpan(0, count);
        var (since, age) = (now - known[^1], now - known[0]);
        var own = _shape with { Rate = (count - 1 + PriorAttacks) * (1 - _shape.Branching) / (age + PriorDays) };
        var bursts = own.ProbabilityWithin(own.ExcitationAt(known, now), ahead);
        return
        [
            Math.Log(1 + since), Math.Log(count), Math.Log(1 + age), Math.Log(1 + count - victim.Until(now - 1)), Math.Log(1 + count - victim.Until(now - Week)),
            Math.Log(bursts / (1 - Math.Min(bursts, 1 - 1e-9)) + 1e-9), Math.Log(1 + NeighborAttacks(victim, now)),
        ];
    }

    public int Neighbors(VictimHistory victim, double now) => _networks.GetValueOrDefault(victim.Network, []).Count(other => other != victim && other.Until(now) > 0);

    /// <summary>Attacks on others of its network in the last week.</summary>
    public int NeighborAttacks(VictimHistory victim, double now) => _networks.GetValueOrDefault(victim.Network, []) is { Count: > 1 } network
        ? network.Take(200).Where(other => other != victim).Sum(other => other.Until(now) - other.Until(now - Week))
        : 0;

    // How attacks bring about others is alike for all victims; told by those that have been attacked most.
    private HawkesProcess Shape(double until)
    {
        const int Most = 40;
        var fits = _victims
            .Select(victim => (victim.Days, Count: victim.Until(until)))
            .Where(victim => victim.Count >= 8)
            .OrderByDescending(victim => victim.Count).Take(Most)
            .Select(victim => HawkesFitter.Fit(victim.Days.AsSpan(0, victim.Count), Math.Max(until, victim.Days[victim.Count - 1] + 1e-6)))
            .Where(fit => fit.Fallback is null)
            .Select(fit => fit.Process).ToList();
        return fits.Count == 0
            ? new HawkesProcess(0, 0.3, 1)
            : new HawkesProcess(0, Middle(fits.Select(fit => fit.Branching)), Math.Clamp(Middle(fits.Select(fit => fit.Decay)), 0.01, 100));
    }

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}

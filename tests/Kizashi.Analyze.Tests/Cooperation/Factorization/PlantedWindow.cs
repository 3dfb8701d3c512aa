namespace Kizashi.Analyze.Tests.Cooperation.Factorization;

/// <summary>Packets per minute of hosts that scan on their own, with groups of hosts among them that act in step.</summary>
/// <remarks>
/// Background hosts send in a few random minutes; members of a group send in the group's minutes, a few packets more or
/// less each.
/// </remarks>
internal sealed class PlantedWindow
{
    public const int Minutes = 30;

    private readonly Random _random;
    private readonly int _hosts;

    public PlantedWindow(int seed, int hosts)
    {
        _random = new Random(seed);
        _hosts = hosts;
        Counts = new float[Minutes * hosts];
        for (var host = 0; host < hosts; host++)
        {
            for (var burst = _random.Next(1, 5); burst > 0; burst--)
                Counts[(_random.Next(Minutes) * hosts) + host] += _random.Next(1, 6);
        }
    }

    /// <summary>30 x hosts, row major.</summary>
    public float[] Counts { get; }

    /// <summary>Lets some hosts act together.</summary>
    /// <param name="members">Columns; what they did before is gone.</param>
    /// <param name="minutes">When they send.</param>
    /// <param name="packets">How many in each of these minutes, about.</param>
    public PlantedWindow Plant(int[] members, int[] minutes, int packets)
    {
        foreach (var member in members)
        {
            for (var minute = 0; minute < Minutes; minute++)
                Counts[(minute * _hosts) + member] = 0;

            foreach (var minute in minutes)
                Counts[(minute * _hosts) + member] = packets + _random.Next(-1, 2);
        }

        return this;
    }

    public float[] Permuted(int[] order)
    {
        var permuted = new float[Counts.Length];
        for (var minute = 0; minute < Minutes; minute++)
        {
            for (var host = 0; host < _hosts; host++)
                permuted[(minute * _hosts) + host] = Counts[(minute * _hosts) + order[host]];
        }

        return permuted;
    }
}

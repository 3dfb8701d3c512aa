namespace Kizashi.Simulation.Traffic;

/// <summary>So many moments, uniform between two bounds, given in ascending order.</summary>
internal struct Moments(long from, long to, int count)
{
    private double _moment = from;
    private int _left = count;

    public bool Next(SeededRandom random, out long time)
    {
        if (_left == 0)
        {
            time = to;
            return false;
        }

        // The least of the moments left, each uniform in what is left of the time.
        _moment += (to - _moment) * Share(-Math.Log(1.0 - random.Unit()) / _left--);
        time = Math.Min((long)_moment, to - 1);
        return true;
    }

    // 1 - e^-x; its series is enough where many moments are left, and much cheaper than a power.
    private static double Share(double x) => x < 0.01 ? x * (1 - (x * (0.5 - (x / 6)))) : 1 - Math.Exp(-x);
}

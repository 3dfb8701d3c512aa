namespace Kizashi.Simulation.Library;

/// <summary>How fast bots must scan for an outbreak to reach a strength before a darknet.</summary>
internal static class OutbreakStrength
{
    private const double WindowSeconds = 600;
    private const int LeastPackets = 3;

    /// <summary>About how many /16s simulated sources lie in.</summary>
    public const int Groups = 2880;

    /// <summary>Packets per second and bot, to the whole Internet.</summary>
    /// <param name="strength">/16s that shall send three packets in ten minutes once all hosts are infected; less than hosts and groups.</param>
    /// <param name="hosts">All that can be infected; they lie evenly in the groups.</param>
    /// <param name="darkAddresses">That the sensor observes.</param>
    public static double RateFor(double strength, int hosts, double darkAddresses)
    {
        var (low, high) = (0.0, 64.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (StrengthOf(middle, hosts) < strength)
                low = middle;
            else
                high = middle;
        }

        return low / WindowSeconds / (darkAddresses / 4294967296.0);
    }

    // Hosts lie evenly, so a group holds the one or the other of two numbers next to each other.
    private static double StrengthOf(double packetsPerHost, int hosts)
    {
        var (each, more) = Math.DivRem(hosts, Groups);
        return ((Groups - more) * AtLeastThree(each * packetsPerHost)) + (more * AtLeastThree((each + 1) * packetsPerHost));
    }

    // P(N >= 3) of a Poisson number.
    private static double AtLeastThree(double mean)
    {
        var term = Math.Exp(-mean);
        var below = 0.0;
        for (var n = 0; n < LeastPackets; n++)
        {
            below += term;
            term *= mean / (n + 1);
        }

        return 1 - below;
    }
}

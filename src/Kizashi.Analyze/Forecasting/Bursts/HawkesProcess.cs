namespace Kizashi.Analyze.Forecasting.Bursts;

/// <summary>Events of which each makes further ones more likely for a while: the intensity is Rate + Branching * Decay * sum of exp(-Decay * time since each event) (Hawkes 1971).</summary>
/// <remarks>Times are in any unit, the same everywhere, ascending. Events of the same moment do not make each other more likely.</remarks>
/// <param name="Rate">Events by themselves, for each unit of time; at least 0.</param>
/// <param name="Branching">Events that one event brings about itself, 0..1, below 1.</param>
/// <param name="Decay">How fast that fades, for each unit of time; above 0.</param>
public sealed record HawkesProcess(double Rate, double Branching, double Decay)
{
    /// <summary>Intensity above <see cref="Rate"/> at a time, left by the events until then.</summary>
    public double ExcitationAt(ReadOnlySpan<double> times, double now)
    {
        var (left, last) = (0.0, double.NegativeInfinity);
        foreach (var time in times)
        {
            if (time > now)
                break;

            left = 1 + (left * Faded(time - last));
            last = time;
        }

        return Branching * Decay * left * Faded(now - last);
    }

    /// <summary>Exact, in one pass (Ozaki 1979; Ogata 1981). Nothing is known of what came before the time 0.</summary>
    /// <param name="times">Ascending, at least 0.</param>
    /// <param name="until">Up to which all events are known; at least the last.</param>
    public double LogLikelihood(ReadOnlySpan<double> times, double until)
    {
        var (sum, fading, rest, last) = (-Rate * until, 0.0, 0.0, double.NegativeInfinity);
        foreach (var time in times)
        {
            if (time > last)
            {
                fading = rest * Faded(time - last);
                (rest, last) = (fading, time);
            }

            sum += Math.Log(Rate + (Branching * Decay * fading)) - (Branching * (1 - Faded(until - time)));
            rest++;
        }

        return sum;
    }

    /// <summary>Integral of the intensity between each event and the one before (the first: since 0). When the process is the true one they are exponential with mean 1 (Papangelou's time change; Ogata 1988).</summary>
    public double[] Residuals(ReadOnlySpan<double> times)
    {
        var residuals = new double[times.Length];
        var (rest, last) = (0.0, 0.0);
        for (var at = 0; at < times.Length; at++)
        {
            var faded = Faded(times[at] - last);
            residuals[at] = (Rate * (times[at] - last)) + (Branching * rest * (1 - faded));
            rest = (rest * faded) + 1;
            last = times[at];
        }

        return residuals;
    }

    /// <summary>Probability of at least one event within a time ahead; exact, since until the next event the intensity only fades.</summary>
    /// <param name="excitation">See <see cref="ExcitationAt"/>.</param>
    /// <param name="ahead">At least 0.</param>
    public double ProbabilityWithin(double excitation, double ahead)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ahead);
        return 1 - Math.Exp(-((Rate * ahead) + (excitation / Decay * (1 - Faded(ahead)))));
    }

    /// <summary>Expected number of events within a time ahead, with those that they bring about.</summary>
    /// <param name="excitation">See <see cref="ExcitationAt"/>.</param>
    /// <param name="ahead">At least 0.</param>
    public double ExpectedWithin(double excitation, double ahead)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ahead);
        var (settled, settling) = (Rate / (1 - Branching), Decay * (1 - Branching));
        return (settled * ahead) + ((Rate + excitation - settled) * (1 - Math.Exp(-settling * ahead)) / settling);
    }

    private double Faded(double time) => Math.Exp(-Decay * time);
}

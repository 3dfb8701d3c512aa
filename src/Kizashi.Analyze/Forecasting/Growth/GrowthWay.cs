namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>One way in which an outbreak may grow, as it fits what was seen.</summary>
/// <param name="Rate">r: growth per hour while few are infected; negative for hosts that are lost.</param>
/// <param name="Infected">Seen in the last window, without background.</param>
/// <param name="Final">K: seen in a window in the end, without background.</param>
/// <param name="Background">Hosts in a window that do not belong to it.</param>
/// <param name="LogLikelihood">Of what was seen, up to a constant.</param>
internal readonly record struct GrowthWay(double Rate, double Infected, double Final, double Background, double LogLikelihood)
{
    /// <summary>Growth per hour now.</summary>
    public double Speed => Math.Max(1e-6, Rate * (1 - Math.Min(0.999, Infected / Final)));

    public double InfectedAfter(double hours) => Rate < 0
        ? Infected * Math.Exp(Rate * hours)
        : Final / (1 + ((Math.Max(1.000001, Final / Infected) - 1) * Math.Exp(-Math.Min(500, Rate * hours))));

    /// <summary>Hours from the last window until a part of the final size is infected; negative when it was before.</summary>
    public double HoursTo(double part)
    {
        var (odds, now) = (part / (1 - part), Math.Clamp(Infected / Final, 1e-12, 1 - 1e-6));
        return Math.Log(odds * (1 - now) / now) / Rate;
    }
}

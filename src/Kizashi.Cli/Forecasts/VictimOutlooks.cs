using Kizashi.Analyze.Forecasting.Recurrence;
using Kizashi.Analyze.Forecasting.Sweeps;
using Kizashi.Cli.Center;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Forecasts;

/// <summary>Who is attacked again, and which own networks are next in a sweep, from the alerts of attacks.</summary>
internal sealed class VictimOutlooks(IAlertStore store, IReadOnlyList<Prefix> own)
{
    private const int MostAttacks = 200_000;
    private const int Shown = 500;
    private const int Pieces = 8;

    // Sweeps are looked for within such networks around an own one.
    private const int AroundV4 = 12;
    private const int AroundV6 = 32;

    private static readonly TimeSpan Recent = TimeSpan.FromDays(2);
    private static readonly string[] Kinds = [EventCatalog.ReflectorAttack, EventCatalog.DarknetDosVictim];

    /// <param name="until">Up to which attacks are known.</param>
    public (RecurrenceOutlook? Victims, IReadOnlyList<SweepOutlook> Sweeps) Now(DateTimeOffset until)
    {
        var attacks = Kinds.SelectMany(kind => AlertPages.All(store, new AlertQuery { Kind = kind, Most = MostAttacks })).Where(alert => alert.MergedInto is null).ToList();
        return attacks.Count == 0 ? (null, []) : (Again(attacks, until), Sweeps(attacks, until));
    }

    private static RecurrenceOutlook Again(List<Alert> attacks, DateTimeOffset until)
    {
        var forecast = new VictimRecurrence(new RecurrenceOptions()).Forecast(
            [.. attacks.Select(alert => new VictimAttack(alert.Subject.Value, alert.FirstSeen, alert.Facts.Asn > 0 ? $"AS{alert.Facts.Asn}" : null, alert.Facts.Country))], until);
        return new RecurrenceOutlook(
            until, [.. forecast.Scores.Select(score => score.Horizon.TotalDays)],
            [.. forecast.Victims.Take(Shown).Select(victim => new VictimOutlook(victim.Victim, victim.Attacks, until - victim.SinceLast, victim.Within, victim.By))],
            [
                .. forecast.Scores.Where(score => score.Brier is not null).Select(score => new RecurrenceRecord(
                    score.Horizon.TotalDays, score.Said, score.Brier!.Value, score.BaseBrier ?? 0, score.Fallback is not null,
                    [.. score.Reliability.Select(bin => new ReliabilityPoint(bin.Said, bin.Observed, bin.Lower, bin.Upper, bin.Count))])),
            ],
            forecast.VictimsLeftOut);
    }

    private List<SweepOutlook> Sweeps(List<Alert> attacks, DateTimeOffset until)
    {
        List<SweepPoint> points =
        [
            .. attacks.Where(alert => alert.FirstSeen > until - Recent && alert.FirstSeen <= until)
                .Select(alert => Prefix.TryParse(alert.Subject.Value, out var prefix) ? new SweepPoint(alert.FirstSeen, prefix.First) : (SweepPoint?)null)
                .OfType<SweepPoint>(),
        ];
        var found = new Dictionary<Prefix, SweepOutlook>();
        foreach (var around in own.Select(Around).Distinct())
        {
            var near = points.Where(point => around.Contains(point.Address));
            foreach (var next in SweepForecaster.Find(near, [.. own.Where(prefix => around.Contains(prefix.First)).SelectMany(Split)], until))
                found.TryAdd(next.Network, new SweepOutlook(next.Network, next.From, next.Front, next.Points, next.Probability, new OutlookRange<DateTimeOffset>(next.At, next.Earliest, next.Latest)));
        }

        return [.. found.Values.OrderBy(sweep => sweep.Reached.Median)];
    }

    private static Prefix Around(Prefix prefix) => new(prefix.First, Math.Min(prefix.Length, prefix.IsV4 ? AroundV4 : AroundV6));

    // What is large is reached part by part.
    private static IEnumerable<Prefix> Split(Prefix prefix)
    {
        var length = Math.Max(prefix.Length, Math.Min(prefix.Length + Pieces, prefix.IsV4 ? 24 : 48));
        var size = UInt128.One << (prefix.First.Bits - length);
        for (var piece = 0; piece < 1 << (length - prefix.Length); piece++)
            yield return new Prefix(new Address(prefix.First.Value + (size * (UInt128)piece)), length);
    }
}

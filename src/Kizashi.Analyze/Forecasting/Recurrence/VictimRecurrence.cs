using Kizashi.Analyze.Forecasting.Numerics;
using Kizashi.Analyze.Forecasting.Scores;

namespace Kizashi.Analyze.Forecasting.Recurrence;

/// <summary>Says which victims are attacked again, how likely and by when.</summary>
/// <remarks>
/// A logistic regression over what is known of each victim (attacks so far, the time since, bursts by a Hawkes process, neighbors), learned from times in the past and judged at
/// later ones, whose outcomes it had not seen. Where it is no better than the share of all victims, that share is what is said.
/// </remarks>
public sealed class VictimRecurrence
{
    /// <summary>Too few attacks to judge the past.</summary>
    public const string Few = "few";

    /// <summary>The share of all victims would have been as good.</summary>
    public const string NoBetter = "no-better";

    private const int LearningTimes = 24;
    private const int MostRows = 12_000;
    private const int FewestRows = 60;
    private const int FewestCame = 10;
    private const double Beyond = 730;

    private readonly RecurrenceOptions _options;

    /// <exception cref="ArgumentException">The options have faults; the message names them.</exception>
    public VictimRecurrence(RecurrenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionFaults.Refuse(options.Faults(), nameof(options));

        _options = options;
    }

    /// <param name="attacks">In any order.</param>
    /// <param name="until">Up to which all attacks are known; later ones are left out.</param>
    public RecurrenceForecast Forecast(IReadOnlyList<VictimAttack> attacks, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(attacks);
        var usable = attacks.Where(attack => !string.IsNullOrEmpty(attack.Victim) && attack.At <= until).OrderByDescending(attack => attack.At).Take(_options.MostAttacks).ToList();
        if (usable.Count == 0)
            return new RecurrenceForecast([], [], 0, attacks.Count);

        var start = usable[^1].At;
        var groups = usable.GroupBy(attack => attack.Victim, StringComparer.Ordinal).ToList();
        List<VictimHistory> victims =
        [
            .. groups.OrderByDescending(group => group.Max(attack => attack.At)).ThenBy(group => group.Key, StringComparer.Ordinal).Take(_options.MostVictims)
                .Select(group => new VictimHistory(group.Key, group.First().Network ?? "", [.. group.Select(attack => (attack.At - start).TotalDays).Order()])),
        ];
        var now = (until - start).TotalDays;
        var signs = new VictimSigns(victims, now);
        List<(double Days, RecurrenceScore Score, Func<VictimHistory, double> Say)> horizons =
            [.. _options.Horizons.Order().Select(horizon => Horizon(victims, signs, now, horizon))];
        return new RecurrenceForecast(
            [.. victims.Select(victim => Tell(victim, horizons, signs, now, until)).OrderByDescending(victim => victim.Within[^1]).ThenBy(victim => victim.Victim, StringComparer.Ordinal)],
            [.. horizons.Select(horizon => horizon.Score)], groups.Count - victims.Count, attacks.Count - usable.Count);
    }

    private static NextVictim Tell(
        VictimHistory victim, List<(double Days, RecurrenceScore Score, Func<VictimHistory, double> Say)> horizons, VictimSigns signs, double now, DateTimeOffset until)
    {
        var within = new double[horizons.Count];
        for (var at = 0; at < within.Length; at++)
            within[at] = Math.Max(at > 0 ? within[at - 1] : 0, horizons[at].Say(victim));

        double[] days = [.. horizons.Select(horizon => horizon.Days)];
        DateTimeOffset? By(double part) => Days(days, within, part) is { } day ? until.AddDays(day) : null;
        return new NextVictim
        {
            Victim = victim.Victim,
            Network = victim.Network.Length > 0 ? victim.Network : null,
            Within = within,
            By = By(0.5),
            Earliest = By(0.1),
            Latest = By(0.9),
            Attacks = victim.Days.Length,
            SinceLast = TimeSpan.FromDays(Math.Max(0, now - victim.Days[^1])),
            Neighbors = signs.Neighbors(victim, now),
            NeighborAttacks = signs.NeighborAttacks(victim, now),
        };
    }

    // Between horizons, and past the longest, attacks come at an even rate.
    private static double? Days(double[] days, double[] within, double part)
    {
        var (goal, day, sum) = (-Math.Log(1 - part), 0.0, 0.0);
        for (var at = 0; at < days.Length; at++)
        {
            var reached = -Math.Log(Math.Max(1e-9, 1 - within[at]));
            if (reached >= goal)
                return reached > sum ? day + ((days[at] - day) * (goal - sum) / (reached - sum)) : day;

            (day, sum) = (days[at], reached);
        }

        var before = days.Length > 1 ? (days[^2], -Math.Log(Math.Max(1e-9, 1 - within[^2]))) : (0, 0);
        var rate = (sum - before.Item2) / (day - before.Item1);
        var found = rate > 0 ? day + ((goal - sum) / rate) : double.MaxValue;
        return found <= Beyond ? found : null;
    }

    private (double Days, RecurrenceScore Score, Func<VictimHistory, double> Say) Horizon(List<VictimHistory> victims, VictimSigns signs, double now, TimeSpan horizon)
    {
        var ahead = horizon.TotalDays;
        var latest = now - ahead;
        var (said, based, came, origins) = (new List<double>(), new List<double>(), new List<bool>(), 0);

        // The second half of the past is judged, by what was over before each time.
        for (var origin = 1; origin <= _options.Origins && latest > 0; origin++)
        {
            var at = latest * (0.5 + (0.5 * origin / _options.Origins));
            if (Learn(victims, new VictimSigns(victims, at), at, ahead) is not { } learned)
                continue;

            origins++;
            foreach (var victim in Known(victims, at))
            {
                said.Add(learned.Say(victim, at));
                based.Add(learned.Base);
                came.Add(victim.IsAttacked(at, at + ahead));
            }
        }

        var (brier, baseBrier) = (ProbabilityScores.Brier([.. said], [.. came]), ProbabilityScores.Brier([.. based], [.. came]));
        var final = Learn(victims, signs, now, ahead);
        var fallback = said.Count == 0 || final is null ? Few : brier >= baseBrier ? NoBetter : null;
        var share = final?.Base ?? Share(victims, now, ahead);
        return (ahead, new RecurrenceScore
        {
            Horizon = horizon,
            Origins = origins,
            Said = said.Count,
            Came = came.Count(one => one),
            Brier = said.Count > 0 ? brier : null,
            BaseBrier = said.Count > 0 ? baseBrier : null,
            Skill = baseBrier > 0 ? 1 - (brier / baseBrier) : null,
            BaseRate = share,
            Reliability = ProbabilityScores.Reliability([.. said], [.. came]),
            Fallback = fallback,
        }, victim => fallback is null ? final!.Value.Say(victim, now) : share);
    }

    private static IEnumerable<VictimHistory> Known(List<VictimHistory> victims, double at) => victims.Where(victim => victim.Days[0] < at);

    // Before anything is over, one in a hundred a day.
    private static double Share(List<VictimHistory> victims, double now, double ahead)
    {
        var known = Known(victims, now - ahead).ToList();
        return (known.Count(victim => victim.IsAttacked(now - ahead, now)) + 0.5) / (known.Count + 0.5 + (49.5 / ahead));
    }

    // From times whose outcomes were known by then.
    private static (Func<VictimHistory, double, double> Say, double Base)? Learn(List<VictimHistory> victims, VictimSigns signs, double until, double ahead)
    {
        var (rows, came, first) = (new List<double[]>(), new List<bool>(), until - ahead);
        if (first <= 0)
            return null;

        var pace = Math.Max(1, victims.Count * LearningTimes / MostRows);
        for (var time = 1; time <= LearningTimes; time++)
        {
            var at = first * time / LearningTimes;
            foreach (var (number, victim) in Known(victims, at).Index())
            {
                if ((number + time) % pace != 0)
                    continue;

                rows.Add(signs.Of(victim, at, ahead));
                came.Add(victim.IsAttacked(at, at + ahead));
            }
        }

        var trues = came.Count(one => one);
        if (rows.Count < FewestRows || trues < FewestCame || rows.Count - trues < FewestCame)
            return null;

        var model = LogisticRegression.Fit(rows, came);
        return ((victim, at) => model.Probability(signs.Of(victim, at, ahead)), trues / (double)rows.Count);
    }
}

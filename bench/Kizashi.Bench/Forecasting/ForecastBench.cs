using System.Diagnostics;
using System.Globalization;
using Kizashi.Analyze.Forecasting;
using Kizashi.Analyze.Forecasting.Models;
using Kizashi.Analyze.Forecasting.Scores;
using Kizashi.Cli.Forecasts;
using Kizashi.Testing;

namespace Kizashi.Bench.Forecasting;

/// <summary>How good forecasts are on series that others made, and how long they take; all with the defaults that everybody gets.</summary>
internal static class ForecastBench
{
    private const int Count = 10_000;
    private const int Hours = 60 * 24;
    private const int PeerSeries = 3;
    private const string Attacked = "attack series, MASE";
    private const string AttackedHeld = "attack series, held by bands of 90 %";

    // Column, steps ahead, steps between two forecasts.
    private static readonly (string File, string Column, int Horizon, int Apart)[] Attacks =
    [
        .. ((string[])["sessions", "src_ips", "tokens", "login", "download", "delivery", "exec", "cnc"]).Select(column => ("iot-telnet-daily.csv", column, 7, 3)),
        ("darknet-10min-counts.csv", "packetnum", 12, 6), ("darknet-10min-counts.csv", "hostnum", 12, 6),
    ];

    public static IReadOnlyList<string> Required { get; } =
        ["M4 hourly, OWA", "M4 weekly, OWA", Attacked, AttackedHeld, "10,000 hourly series of 60 days", "a series, against statsmodels' ETS"];

    public static IReadOnlyList<BenchResult> Run(BenchContext context)
    {
        var results = new List<BenchResult>();
        if (context.Only is null || context.Only.StartsWith("M4", StringComparison.Ordinal))
            results.AddRange([Competition("hourly", 24, [24, 168], 0.50), Competition("weekly", 1, [52], 0.80)]);

        if (context.Only is null || context.Only.StartsWith("attack", StringComparison.Ordinal))
            results.AddRange(OnAttacks(context));

        if (context.Only is null || context.Only == Required[^1] || context.Only == Required[^2])
            results.AddRange(Speed(context));

        return results;
    }

    private static BenchResult Competition(string kind, int season, int[] periods, double goal)
    {
        var name = $"M4 {kind}, OWA";
        if (!Corpus.IsPresent)
            return new BenchResult(name, null, "") { Note = "needs the M4 series" };

        var forecaster = new Forecaster(new ForecastOptions { Levels = [0.5, 0.8, 0.9, 0.95] });
        var scores = M4.Read(kind).AsParallel().Select(series =>
        {
            var (history, actual) = series;
            var (scale, naive) = (PointScores.Scale(history, season), Naive2.Forecast(history, season, actual.Length));
            var forecast = forecaster.Forecast(new SeriesHistory(history, Seasons.Of(history, periods)), actual.Length, 0);
            double[] own = [.. forecast.Median];
            return (NaiveSmape: PointScores.Smape(actual, naive), NaiveMase: PointScores.Mae(actual, naive) / scale, Smape: PointScores.Smape(actual, own), Mase: PointScores.Mae(actual, own) / scale,
                Held: forecast.Bands.Select(band => BandScores.Hits(actual, band) / (double)actual.Length).ToArray());
        }).ToList();
        var (naiveSmape, naiveMase) = (scores.Average(score => score.NaiveSmape), scores.Average(score => score.NaiveMase));
        var (smape, mase) = (scores.Average(score => score.Smape), scores.Average(score => score.Mase));
        var held = string.Join(", ", Enumerable.Range(0, 4).Select(band => scores.Average(score => score.Held[band]).ToString("p1", CultureInfo.InvariantCulture)));
        var owa = 0.5 * ((smape / naiveSmape) + (mase / naiveMase));
        return BenchResult.AtMost(name, Math.Round(owa, 4), "", goal, string.Create(CultureInfo.InvariantCulture,
            $"{scores.Count} series; Naive2 {naiveSmape:f3}/{naiveMase:f3}, ours {smape:f3}/{mase:f3} (sMAPE/MASE); bands of 50, 80, 90, 95 % held {held}"));
    }

    // The second half of each series, rolling; the first was there to choose by.
    private static IEnumerable<BenchResult> OnAttacks(BenchContext context)
    {
        if (!Corpus.IsPresent)
            return [new BenchResult(Attacked, null, "") { Note = "needs the attack series" }];

        var forecaster = new Forecaster(new ForecastOptions { Levels = [0.5, 0.8, 0.9, 0.95] });
        var (own, naive, better, crps) = (0.0, 0.0, 0, new List<string>());
        var (held, steps) = (0, 0);
        foreach (var (file, column, horizon, apart) in Attacks)
        {
            var series = SeriesFile.Read(Corpus.File(Path.Combine("forecast", file)), column);
            var (sums, count) = ((Own: 0.0, Naive: 0.0, Crps: 0.0), 0);
            for (var origin = series.Values.Length / 2; origin + horizon <= series.Values.Length; origin += apart)
            {
                var actual = series.Values[origin..(origin + horizon)];
                var prepared = SeriesPreparation.Prepare(series.Values.AsSpan(0, origin), series.Periods);
                if (actual.Any(double.IsNaN))
                    continue;

                var forecast = Ahead(forecaster.Forecast(prepared.History, horizon + prepared.Behind, prepared.Least), prepared.Behind);
                var scale = PointScores.Scale(prepared.History.Values, prepared.History.Longest);
                sums.Own += PointScores.Mae(actual, [.. forecast.Median]) / scale;
                sums.Naive += PointScores.Mae(actual, new SeasonalNaive().Forecast(prepared.History, horizon + prepared.Behind)!.AsSpan(prepared.Behind)) / scale;
                sums.Crps += BandScores.Crps(actual, forecast);
                held += BandScores.Hits(actual, forecast.Bands[2]);
                (count, steps) = (count + 1, steps + horizon);
            }

            (own, naive) = (own + (sums.Own / count / Attacks.Length), naive + (sums.Naive / count / Attacks.Length));
            better += sums.Own < sums.Naive ? 1 : 0;
            crps.Add(string.Create(CultureInfo.InvariantCulture, $"{column} {sums.Crps / count:g3}"));
        }

        context.Log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"attack series: {own:f3} against {naive:f3}, {held} of {steps} steps held"));
        return
        [
            BenchResult.AtMost(Attacked, Math.Round(own, 3), "", Math.Round(naive, 3), string.Create(CultureInfo.InvariantCulture, $"the goal is the seasonal naive forecast's; better on {better} of {Attacks.Length} series. CRPS: {string.Join(", ", crps)}")),
            BenchResult.AtLeast(AttackedHeld, Math.Round(held / (double)steps, 3), "", 0.888, string.Create(CultureInfo.InvariantCulture, $"of {steps:N0} steps, many of them judged from two or three origins; the binomial interval of so many is 0.888 to 0.912")),
        ];
    }

    // A forecast without its first steps.
    private static SeriesForecast Ahead(SeriesForecast forecast, int steps) => forecast with
    {
        Median = [.. forecast.Median.Skip(steps)],
        Bands = [.. forecast.Bands.Select(band => new ForecastBand(band.Level, [.. band.Lower.Skip(steps)], [.. band.Upper.Skip(steps)]))],
    };

    private static IEnumerable<BenchResult> Speed(BenchContext context)
    {
        var random = new Random(6);
        double[][] series = [.. Enumerable.Range(0, Count).Select(_ => Hourly(random))];
        var forecaster = new Forecaster(new ForecastOptions());
        foreach (var warm in series.Take(20))
            Forecast(forecaster, warm);

        var watch = Stopwatch.StartNew();
        Parallel.ForEach(series, one => Forecast(forecaster, one));
        yield return BenchResult.AtMost(Required[^2], Math.Round(watch.Elapsed.TotalSeconds, 1), "s", 120, "seasons found, eight models fitted twice and tried from six times in the past, 24 steps with bands; all processors");

        watch.Restart();
        foreach (var one in series.Take(100))
            Forecast(forecaster, one);

        var own = watch.Elapsed.TotalSeconds / 100;
        var peer = Peer(context, series);
        yield return BenchResult.Times(Required[^1], 1 / own, "series/s", "statsmodels' ETSModel, additive error, damped trend and season of 24, on one thread", 1 / peer, 10,
            "ours does all of the line above for each series, on one thread");
    }

    private static SeriesForecast Forecast(Forecaster forecaster, double[] values)
    {
        var prepared = SeriesPreparation.Prepare(values, [24, 168]);
        return forecaster.Forecast(prepared.History, 24, prepared.Least);
    }

    private static double? Peer(BenchContext context, double[][] series)
    {
        const string Script = """
            import sys, time, numpy, warnings
            warnings.simplefilter("ignore")
            from statsmodels.tsa.exponential_smoothing.ets import ETSModel
            rows = numpy.loadtxt(sys.argv[1], delimiter=",")
            began = time.time()
            for row in rows:
                ETSModel(row, error="add", trend="add", damped_trend=True, seasonal="add", seasonal_periods=24).fit(disp=False).forecast(24)
            print((time.time() - began) / len(rows))
            """;
        var (script, input) = (Path.Combine(context.Work, "ets.py"), Path.Combine(context.Work, "ets.csv"));
        File.WriteAllText(script, Script);
        File.WriteAllLines(input, series.Take(PeerSeries).Select(one => string.Join(',', one.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
        try
        {
            return double.Parse(PeerProgram.Output("env", ["OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "/usr/bin/python3", script, input]), CultureInfo.InvariantCulture);
        }
        catch (InvalidOperationException fault)
        {
            context.Log.WriteLine(fault.Message);
            return null;
        }
    }

    // Counts with a day, a week, a level that wanders and bursts.
    private static double[] Hourly(Random random)
    {
        var values = new double[Hours];
        var (level, drift, daily, phase) = (Math.Exp(8 * random.NextDouble()), 0.0, random.NextDouble(), 24 * random.NextDouble());
        for (var hour = 0; hour < Hours; hour++)
        {
            drift = (0.98 * drift) + (0.1 * (random.NextDouble() - 0.5));
            var mean = level * Math.Exp(drift) * (1 + (0.8 * daily * Math.Sin((hour + phase) * Math.PI / 12))) * (hour / 24 % 7 >= 5 ? 0.8 : 1) * (random.Next(200) == 0 ? 3 : 1);
            values[hour] = Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * 3.4 * (random.NextDouble() + random.NextDouble() - 1))));
        }

        return values;
    }
}

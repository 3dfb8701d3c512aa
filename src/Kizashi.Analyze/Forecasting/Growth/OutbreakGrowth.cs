namespace Kizashi.Analyze.Forecasting.Growth;

/// <summary>Says how an outbreak goes on: SI growth on top of a background, with a change of rate, weighed over all speeds and sizes that fit what was seen.</summary>
/// <remarks>
/// While an outbreak is small its curve says how fast it grows and not how large it becomes. A random scanner's growth does: r = scans * hosts / 2^32 (Zou, Gong, Towsley and Gao
/// 2005), and the scans of a host are seen at the telescope. Where that is not known either, only how large outbreaks usually are tells, and the band is wide.
/// </remarks>
public sealed class OutbreakGrowth
{
    private const double Addresses = 4_294_967_296;
    private const int FewestWindows = 4;
    private const int MostWindows = 4_096;
    private const double MostHosts = 1e12;
    private const double FilledUp = 0.95;

    // Half of all outbreaks stay below so many hosts, two thirds lie between a sixth and six times as many.
    private const double UsualSize = 6_000;
    private const double UsualSpread = 1.8;

    // Logarithms of the likelihood by which a change must fit better than none.
    private const double Change = 8;

    // Logarithm of the odds that a curve shows growth at all.
    private const double Growing = 1.5;

    private readonly GrowthOptions _options;

    /// <exception cref="ArgumentException">The options have faults; the message names them.</exception>
    public OutbreakGrowth(GrowthOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionFaults.Refuse(options.Faults(), nameof(options));

        _options = options;
    }

    /// <param name="observations">In any order; those of one window are added up. At most the latest 4,096 are used.</param>
    /// <param name="ahead">Windows ahead to forecast, at least 0.</param>
    /// <returns>Null without any usable window.</returns>
    public GrowthForecast? Forecast(IReadOnlyList<GrowthObservation> observations, int ahead)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentOutOfRangeException.ThrowIfNegative(ahead);
        var conditions = new SortedSet<string>(StringComparer.Ordinal);
        var windows = Windows(observations, conditions);
        if (windows.Count == 0)
            return null;

        var step = _options.Window ?? Usual(windows);
        if (windows.Count < FewestWindows)
        {
            conditions.Add(GrowthConditions.FewWindows);
            return Steady(windows, step, ahead, conditions);
        }

        if (windows.Zip(windows.Skip(1)).Any(pair => pair.Second.At - pair.First.At > 1.5 * step))
            conditions.Add(GrowthConditions.Gap);

        var curve = new GrowthCurve(windows);
        var (ways, change) = curve.Explain(Change);
        var scan = ScanRate(windows, step, conditions);
        var none = curve.Background();
        var best = ways.Max(way => way.LogLikelihood);
        if (curve.Dispersion > 3)
            conditions.Add(GrowthConditions.Noisy);

        if (best - none < Growing)
        {
            conditions.Add(GrowthConditions.NoGrowth);
            return Steady(windows, step, ahead, conditions);
        }

        var posterior = new GrowthPosterior(ways, way => Prior(way, scan));
        if (change is not null)
            conditions.Add(GrowthConditions.RateChanged);

        var now = posterior.Mean(way => way.Infected);
        if (now < windows[^1].Hosts / 2)
            conditions.Add(GrowthConditions.MostlyBackground);

        return Tell(posterior, windows[^1].At, step, ahead, scan, curve, change, conditions);
    }

    private static List<GrowthObservation> Windows(IReadOnlyList<GrowthObservation> observations, SortedSet<string> conditions)
    {
        var usable = observations.Where(one => one.Hosts is >= 0 and <= MostHosts).ToList();
        if (usable.Count < observations.Count)
            conditions.Add(GrowthConditions.Faulty);

        return
        [
            .. usable.GroupBy(one => one.At).OrderBy(group => group.Key)
                .Select(group => new GrowthObservation(
                    group.Key, group.Sum(one => one.Hosts), group.All(one => one.Packets is >= 0 and <= 1e15) ? group.Sum(one => one.Packets) : null))
                .TakeLast(MostWindows),
        ];
    }

    private static TimeSpan Usual(List<GrowthObservation> windows)
    {
        TimeSpan[] apart = [.. windows.Zip(windows.Skip(1), (first, then) => then.At - first.At).Order()];
        return apart.Length == 0 ? TimeSpan.FromHours(1) : apart[apart.Length / 2];
    }

    // Scans of a host to the whole Internet in an hour, and the part of the hosts that a window sees; null where it cannot be told.
    private (double PerHour, double Seen)? ScanRate(List<GrowthObservation> windows, TimeSpan step, SortedSet<string> conditions)
    {
        if (_options.TelescopePart is not { } part)
        {
            conditions.Add(GrowthConditions.NoTelescope);
            return null;
        }

        // What came on top of the first windows is the outbreak's.
        var (early, late) = (windows.Take((windows.Count + 3) / 4).ToList(), windows.TakeLast((windows.Count + 5) / 6).ToList());
        if (windows.Any(window => window.Packets is null))
        {
            conditions.Add(GrowthConditions.NoPackets);
            return null;
        }

        var (hosts, packets) = (late.Average(window => window.Hosts) - early.Average(window => window.Hosts), late.Average(window => window.Packets!.Value) - early.Average(window => window.Packets!.Value));
        if (hosts <= 0 || packets <= 0)
            return null;

        var rate = Untruncated(packets / hosts);
        return (rate / (part * step.TotalHours), 1 - Math.Exp(-rate));
    }

    // The mean of a Poisson variable of which only values above 0 are seen, with that mean.
    private static double Untruncated(double seen)
    {
        if (seen <= 1)
            return 0.02;

        var (low, high) = (1e-3, seen);
        for (var round = 0; round < 60; round++)
        {
            var middle = (low + high) / 2;
            if (middle / (1 - Math.Exp(-middle)) < seen)
                low = middle;
            else
                high = middle;
        }

        return Math.Max(0.02, low);
    }

    private double Prior(GrowthWay way, (double PerHour, double Seen)? scan)
    {
        var size = Math.Log(way.Final / (scan?.Seen ?? 0.5));
        var usual = Normal(size, Math.Log(UsualSize), UsualSpread);
        if (scan is not { } known)
            return Math.Log(usual);

        var expected = Math.Log(way.Rate * Addresses / known.PerHour);
        return Math.Log((_options.OtherScanners * usual) + ((1 - _options.OtherScanners) * Normal(size, expected, _options.EfficiencySpread)));
    }

    private static double Normal(double value, double mean, double deviation) =>
        Math.Max(1e-300, Math.Exp(-Math.Pow((value - mean) / deviation, 2) / 2) / deviation);

    private GrowthForecast Tell(
        GrowthPosterior posterior, DateTimeOffset last, TimeSpan step, int ahead, (double PerHour, double Seen)? scan, GrowthCurve curve, GrowthChange? change, SortedSet<string> conditions)
    {
        var grows = posterior.Part(way => way.Rate > 0);
        var bent = posterior.Mean(way => way.Rate > 0 ? way.Infected / way.Final : 1);
        var model = grows < 0.5 ? GrowthModel.Declining : bent > 0.2 ? GrowthModel.Logistic : GrowthModel.Exponential;
        var isGrowing = model != GrowthModel.Declining && bent < FilledUp;
        var source = SourceOf(posterior, scan, model);
        if (source == SizeSource.Prior && model != GrowthModel.Declining)
            conditions.Add(GrowthConditions.SizeUnknown);

        var (median, bands) = Ahead(posterior, curve, step, ahead);
        return new GrowthForecast
        {
            Model = model,
            DoublingTime = isGrowing ? Span(posterior.Quantities(way => way.Rate > 0, way => Math.Log(2) / way.Speed)) : null,
            FinalHosts = model == GrowthModel.Declining || scan is not { } seen ? null : Number(posterior.Quantities(way => way.Rate > 0, way => way.Final / seen.Seen)),
            FinalSeen = model == GrowthModel.Declining ? null : Number(posterior.Quantities(way => way.Rate > 0, way => way.Final)),
            SizeFrom = model == GrowthModel.Declining ? null : source,
            Peak = model == GrowthModel.Declining ? null : Time(last, posterior.Quantities(way => way.Rate > 0, way => way.HoursTo(0.5))),
            Saturation = model == GrowthModel.Declining ? null : Time(last, posterior.Quantities(way => way.Rate > 0, way => way.HoursTo(FilledUp))),
            RateChanged = change is { } found ? curve.TimeOf(found.Hour) : null,
            Median = median,
            Bands = bands,
            Conditions = [.. conditions],
        };
    }

    // The curve, where it says more than what was believed before; else whatever was believed.
    private SizeSource SourceOf(GrowthPosterior posterior, (double PerHour, double Seen)? scan, GrowthModel model)
    {
        var spread = posterior.Spread(way => way.Rate > 0, way => Math.Log(way.Final));
        if (model == GrowthModel.Logistic && spread < 0.7)
            return SizeSource.Curve;

        return scan is not null && spread < 2 * _options.EfficiencySpread + 0.4 ? SizeSource.ScanRate : spread < 0.5 ? SizeSource.Curve : SizeSource.Prior;
    }

    private (double[] Median, IReadOnlyList<ForecastBand> Bands) Ahead(GrowthPosterior posterior, GrowthCurve curve, TimeSpan step, int ahead)
    {
        var median = new double[ahead];
        var bands = _options.Levels.Order().Select(level => new ForecastBand(level, new double[ahead], new double[ahead])).ToList();
        for (var at = 0; at < ahead; at++)
        {
            var hours = (at + 1) * step.TotalHours;
            var values = posterior.Scattered(way => way.Background + way.InfectedAfter(hours), curve.Dispersion);
            median[at] = values.Quantile(0.5);
            foreach (var band in bands)
            {
                ((double[])band.Lower)[at] = Math.Max(0, Math.Min(values.Quantile((1 - band.Level) / 2), median[at] - 0.5));
                ((double[])band.Upper)[at] = Math.Max(values.Quantile((1 + band.Level) / 2), median[at] + 0.5);
            }
        }

        return (median, bands);
    }

    private Banded<T> Banded<T>(WeighedValues values, Func<double, T> make) => new(
        make(values.Quantile(0.5)), [.. _options.Levels.Order().Select(level => new Limits<T>(level, make(values.Quantile((1 - level) / 2)), make(values.Quantile((1 + level) / 2))))]);

    private Banded<double> Number(WeighedValues values) => Banded(values, value => value);

    private Banded<TimeSpan> Span(WeighedValues values) => Banded(values, hours => TimeSpan.FromHours(Math.Clamp(hours, 0, 1e6)));

    private Banded<DateTimeOffset> Time(DateTimeOffset last, WeighedValues values) => Banded(values, hours => last + TimeSpan.FromHours(Math.Clamp(hours, -1e5, 1e5)));

    // The last values go on.
    private GrowthForecast Steady(List<GrowthObservation> windows, TimeSpan step, int ahead, SortedSet<string> conditions)
    {
        var latest = windows.TakeLast(6).Select(window => window.Hosts).ToList();
        var (mean, spread) = (latest.Average(), Math.Max(Math.Sqrt(latest.Average() + 1), (latest.Max() - latest.Min()) / 2));
        double[] Shifted(double widths) => [.. Enumerable.Range(1, ahead).Select(at => Math.Max(0, mean + (widths * spread * Math.Sqrt(1 + (at / 6.0)))))];
        return new GrowthForecast
        {
            Model = GrowthModel.Steady,
            DoublingTime = null,
            FinalHosts = null,
            FinalSeen = null,
            SizeFrom = null,
            Peak = null,
            Saturation = null,
            RateChanged = null,
            Median = Shifted(0),
            Bands = [.. _options.Levels.Order().Select(level => new ForecastBand(level, Shifted(-3 * level), [.. Shifted(3 * level).Select(value => value + 1)]))],
            Conditions = [.. conditions],
        };
    }
}

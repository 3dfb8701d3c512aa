using Kizashi.Core.Addresses;
using Kizashi.Core.Forecasts;

namespace Kizashi.Portal.Tests.Doubles;

/// <summary>Invented outlooks of a few series, and a record of what was said.</summary>
public sealed class InventedForecasts : IForecastBook
{
    private const int Hours = 21 * 24;

    public ForecastSnapshot? Latest { get; set; }

    public void Invent(DateTimeOffset now)
    {
        var end = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        SeriesOutlook[] all =
        [
            Make("sources", "", 900, end), Make("port", "tcp/23", 400, end), Make("port", "tcp/5555", 90, end), Make("country", "BR", 200, end),
            Make("country", "JP", 60, end), Make("attacks-service", "udp/53", 3, end), Make("alerts", "darknet.scan", 12, end), Make("attacks-own", "", 0, end),
        ];
        Latest = new ForecastSnapshot(
            end, all.ToDictionary(series => series.Name), 7, new SurgeRecord(8, 2, 3, 1, 9, 40_000), TimeSpan.FromSeconds(1))
        {
            Outbreaks = [Outbreak(InventedCampaigns.Botnet, end), Outbreak(InventedCampaigns.Small, end) with { Doubling = null, FinalHosts = null, FinalSeen = null, SizeFrom = null, Peak = null, Model = "declining" }],
            Victims = new RecurrenceOutlook(
                end, [1, 7, 30], [new VictimOutlook("203.0.113.7", 5, end.AddHours(-3), [0.41, 0.7, 0.9], end.AddHours(30)), new VictimOutlook("2001:db8:7::/48", 1, end.AddDays(-3), [0.01, 0.1, 0.2], null)],
                [
                    new RecurrenceRecord(1, 900, 0.08, 0.1, false, [new ReliabilityPoint(0.05, 0.04, 0.02, 0.06, 700), new ReliabilityPoint(0.5, 0.55, 0.45, 0.64, 200)]),
                    new RecurrenceRecord(7, 900, 0.2, 0.19, true, [new ReliabilityPoint(0.3, 0.3, 0.26, 0.34, 900)]),
                ], 0),
            Sweeps = [new SweepOutlook(Prefix.Parse("192.0.2.0/24"), Address.Parse("192.0.0.1"), Address.Parse("192.0.1.9"), 40, 0.8, new OutlookRange<DateTimeOffset>(end.AddHours(2), end.AddHours(1), end.AddHours(4)))],
        };
    }

    public IReadOnlyList<IssuedForecast> Record(string name, int lead, DateTimeOffset from)
    {
        if (Latest?.Series.GetValueOrDefault(name) is not { } series || lead == 168)
            return [];

        var first = from.ToUnixTimeSeconds() / 3600;
        var last = series.From.ToUnixTimeSeconds() / 3600;
        return
        [
            .. Enumerable.Range(0, (int)(last - first) + lead).Select(step =>
            {
                var value = series.Past[Math.Max(0, Math.Min(series.Past.Count - 1, series.Past.Count - (int)(last - first) + step))] * 1.1f;
                value = float.IsNaN(value) ? 1 : value;
                return new IssuedForecast(series.Id, first + step, lead, value, [value * 0.9f, value * 0.8f, value * 0.7f], [value * 1.1f, value * 1.2f, value * 1.4f]);
            }),
        ];
    }

    private static OutbreakOutlook Outbreak(string campaign, DateTimeOffset end) => new()
    {
        Campaign = campaign,
        Alert = null,
        First = end.AddHours(-10),
        Step = TimeSpan.FromHours(1),
        Hosts = [10, 14, 19, null, 40, 55, 80, 110, 160, 220],
        Median = [300, 420, 590],
        Bands = [new OutlookBand(0.5, [280, 390, 500], [330, 460, 690]), new OutlookBand(0.95, [200, 250, 300], [400, 700, 1_100])],
        Model = "exponential",
        Doubling = new OutlookRange<double>(2.1, 1.8, 2.6),
        FinalHosts = new OutlookRange<double>(21_000, 9_000, 50_000),
        FinalSeen = new OutlookRange<double>(5_000, 2_000, 12_000),
        SizeFrom = "scan-rate",
        Peak = new OutlookRange<DateTimeOffset>(end.AddHours(9), end.AddHours(7), end.AddHours(14)),
        RateChanged = null,
        Conditions = [],
    };

    private static SeriesOutlook Make(string declared, string key, double level, DateTimeOffset end)
    {
        var declaration = SeriesDeclarations.BuiltIn.First(one => one.Name == declared);
        float Value(int hour) => (float)(level * (1.3 + Math.Sin(hour * Math.PI / 12)));
        float[] Coming(double times) => [.. Enumerable.Range(Hours, 168).Select(hour => (float)(Value(hour) * times))];
        return new SeriesOutlook
        {
            Id = declared.Length + key.Length,
            Name = declaration.SeriesOf(key),
            Declaration = declaration,
            Key = key,
            From = end,
            Past = [.. Enumerable.Range(0, Hours).Select(hour => hour is > 400 and < 410 ? float.NaN : Value(hour))],
            Median = Coming(1.2),
            Bands = [new OutlookBand(0.5, Coming(1.1), Coming(1.3)), new OutlookBand(0.8, Coming(0.9), Coming(1.5)), new OutlookBand(0.95, Coming(0.7), Coming(1.9))],
            Models = level == 0 ? [new OutlookModel("seasonal-naive", 1, 0)] : [new OutlookModel("theta", 0.7, 0.31), new OutlookModel("smoothing", 0.3, 0.12)],
            Skill = level == 0 ? null : 0.34,
            Fallback = level == 0 ? "constant" : null,
            Scores = level == 0 ? [] : [new LeadScore(1, 400, 12.3, 20, [0.51, 0.79, 0.94]), new LeadScore(24, 380, 14, 20, [0.48, 0.82, 0.96])],
        };
    }
}

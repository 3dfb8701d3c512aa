using Kizashi.Core.Storage;
using Kizashi.Portal.Charts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Overviews;

/// <summary>Turns what was read into charts whose titles say what they show.</summary>
internal static class OverviewCharts
{
    public static (ChartSpec Map, ChartSpec Rate, ChartSpec Ports) Draw(OverviewView view, Words words, bool simulated)
    {
        var mark = simulated ? words["simulated.word"] : null;
        return (
            Map(view, words) with { Mark = mark },
            Rate(view, words) with { Mark = mark },
            Ports(view, words) with { Mark = mark });
    }

    private static ChartSpec Map(OverviewView view, Words words)
    {
        var places = view.Countries.Where(country => country.Country.Length > 0).ToList();
        var total = view.Countries.Sum(country => country.Sources);
        var first = places.MaxBy(country => country.Sources);
        return new ChartSpec
        {
            Kind = ChartKind.Map,
            Title = first is null || total == 0
                ? words["map.none"]
                : words["map.title", words.Country(first.Country), words.Percent((double)first.Sources / total)],
            XLabel = words["chart.place"],
            YLabel = words["chart.sources"],
            File = "kizashi-countries",
            Places =
            [
                .. places.Select(country => new ChartPlace(
                    country.Country, words.Country(country.Country), country.Packets, country.Sources)),
            ],
            Link = "/alerts?country={0}",
        };
    }

    private static ChartSpec Rate(OverviewView view, Words words)
    {
        var seconds = view.Choice.Bucket.TotalSeconds;
        var (peak, at) = Peak(view);
        return new ChartSpec
        {
            Kind = ChartKind.Lines,
            Title = peak == 0
                ? words["rate.none"]
                : words["rate.title", words.Number(peak / seconds), words.Minute(at)],
            XLabel = words["chart.time"],
            YLabel = words["rate.unit"],
            File = "kizashi-rate",
            Start = view.Range.From.ToUnixTimeMilliseconds(),
            End = view.Range.To.ToUnixTimeMilliseconds(),
            Step = (long)view.Choice.Bucket.TotalMilliseconds,
            Series = [.. view.Series.Select(series => Line(series, view, words))],
            Gaps =
            [
                .. view.Gaps.Take(50).Select(gap => new ChartGap(
                    gap.From.ToUnixTimeMilliseconds(),
                    gap.To.ToUnixTimeMilliseconds(),
                    words["rate.gap", gap.Sensor])),
            ],
        };
    }

    private static (double Packets, DateTimeOffset At) Peak(OverviewView view)
    {
        var sums = view.Series.SelectMany(sensor => sensor.Points)
            .Where(point => point.Packets is not null && IsWhole(point.At, view))
            .GroupBy(point => point.At)
            .Select(bucket => (Packets: (double)bucket.Sum(point => point.Packets!.Value), At: bucket.Key));
        return sums.DefaultIfEmpty().MaxBy(bucket => bucket.Packets);
    }

    // Buckets the store does not mention were not observed: a gap. Of the first and the last only a part was; as a
    // rate they would lie.
    private static ChartSeries Line(SensorSeries series, OverviewView view, Words words)
    {
        var step = view.Choice.Bucket;
        var count = (int)Math.Clamp((view.Range.Length.Ticks + step.Ticks - 1) / step.Ticks, 1, 100_000);
        var values = new double?[count];
        foreach (var point in series.Points)
        {
            var index = (point.At - view.Range.From).Ticks / step.Ticks;
            if (index >= 0 && index < count && point.Packets is { } packets && IsWhole(point.At, view))
                values[index] = Math.Round(packets / step.TotalSeconds, packets < 100 ? 3 : 1);
        }

        var name = series.Sensor.Length == 0 ? words["rate.all"] : series.Sensor;
        if (count <= Downsampling.MostPoints)
            return new ChartSeries(name, values);

        var kept = Downsampling.Keep(values);
        return new ChartSeries(
            name,
            [.. kept.Select(index => values[index])],
            [.. kept.Select(index => (view.Range.From + (step * index)).ToUnixTimeMilliseconds())]);
    }

    private static bool IsWhole(DateTimeOffset at, OverviewView view) =>
        at + view.Choice.Bucket <= view.Anchor && !(view.Statistics.Earliest > at);

    private static ChartSpec Ports(OverviewView view, Words words)
    {
        var length = words["range.length." + (view.Choice.Preset ?? "same")];
        return new ChartSpec
        {
            Kind = ChartKind.Bars,
            Title = view.Ports.Count == 0 ? words["ports.none"] : Rise(view.Ports[0], length, words),
            XLabel = words["chart.packets"],
            YLabel = words["ports.port"],
            File = "kizashi-ports",
            Categories = [.. view.Ports.Select(port => words.Port(PortNames.Label(port.Protocol, port.Port)))],
            Series =
            [
                new ChartSeries(words["ports.now"], [.. view.Ports.Select(port => (double?)port.Packets)]),
                new ChartSeries(
                    words["ports.before", length], [.. view.Ports.Select(port => (double?)port.PacketsBefore)]),
            ],
            Notes = [.. view.Ports.Select(port => Note(port, words))],
            Links = [.. view.Ports.Select(port => PortNames.Href(port.Protocol, port.Port))],
        };
    }

    private static string Note(PortActivity port, Words words) => port.PacketsBefore switch
    {
        null => words.Short(port.Packets),
        0 => words["ports.new"],
        var before => "×" + Times(port.Packets, before.Value, words),
    };

    private static string Times(long now, long before, Words words) =>
        ((double)now / before).ToString(now >= 10 * before ? "N0" : "0.#", words.Culture);

    private static string Rise(PortActivity port, string length, Words words)
    {
        var label = words.Port(PortNames.Label(port.Protocol, port.Port));
        return port.PacketsBefore switch
        {
            null => words["ports.title.busiest", label, words.Number(port.Packets)],
            0 => words["ports.title.new", label, length],
            var before when port.Packets > before => words[
                "ports.title.rise",
                label,
                Times(port.Packets, before.Value, words),
                length],
            _ => words["ports.title.flat", length],
        };
    }
}

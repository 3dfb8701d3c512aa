using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;

namespace Kizashi.Portal.Tests.Doubles;

/// <summary>A store that invents what it is asked for, the same for the same question.</summary>
public sealed class InventedObservations : IObservationStore
{
    private static readonly (string Country, int Weight)[] Places =
    [
        ("BR", 900), ("CN", 820), ("US", 640), ("IN", 500), ("VN", 430), ("RU", 380), ("NL", 260), ("DE", 220), ("SG", 200),
        ("KR", 180), ("TW", 170), ("ID", 160), ("TR", 150), ("IR", 120), ("UA", 110), ("JP", 90), ("FR", 85), ("GB", 80),
        ("TH", 70), ("MX", 66), ("AR", 60), ("EG", 55), ("ZA", 44), ("PK", 40), ("NG", 30), ("HK", 28), ("PL", 25),
        ("CA", 22), ("AU", 12), ("KE", 9), ("MA", 7), ("CL", 5), ("SE", 4), ("", 300),
    ];

    public StoreStatistics Statistics { get; set; } = new()
    {
        Tuples = 50_214_877,
        Packets = 312_448_120,
        Bytes = 1_204_332_981,
        Segments = 212,
        HasSimulated = true,
    };

    public List<SensorGap> Gaps { get; } = [];

    public bool IsEmpty { get; set; }

    public IObservationWriter OpenWriter(string sensor, bool again = false, int? buffered = null) => throw new NotSupportedException();

    public Task<IReadOnlyList<SeriesPoint>> SeriesAsync(
        TimeRange range, TimeSpan bucket, string? sensor, CancellationToken cancellation)
    {
        var points = new List<SeriesPoint>();
        var (size, phase) = sensor switch { "kyoto-a" => (900.0, 0.0), "nagoya-b" => (420.0, 1.2), null => (1_400.0, 0.5), _ => (130.0, 2.2) };
        var random = new Random(sensor?.GetHashCode(StringComparison.Ordinal) ?? 7);
        for (var at = range.From; at < range.To && !IsEmpty; at += bucket)
        {
            if (Gaps.Any(gap => (sensor is null || gap.Sensor == sensor) && at >= gap.From && at < gap.To))
            {
                points.Add(new SeriesPoint(at, null, null));
                continue;
            }

            var hours = (at - range.To).TotalHours;
            var wave = 1 + (0.25 * Math.Sin((hours / 24 * Math.Tau) + phase));
            var outbreak = sensor == "kyoto-a" && hours > -5 ? 2.4 / (1 + Math.Exp(-(hours + 2.5) * 1.6)) : 0;
            var rate = size * (wave + outbreak + (random.NextDouble() * 0.12));
            points.Add(new SeriesPoint(at, (long)(rate * bucket.TotalSeconds), (long)(rate * 3)));
        }

        return Task.FromResult<IReadOnlyList<SeriesPoint>>(points);
    }

    public Task<IReadOnlyList<PortActivity>> PortsAsync(TimeRange range, int top, bool rising, CancellationToken cancellation)
    {
        var hours = Math.Max(1, (long)range.Length.TotalHours);
        PortActivity[] ports =
        [
            new(6, 5555, 41_000 * hours, 5_100 * hours, 1_840), new(6, 37215, 9_200 * hours, 0, 610),
            new(6, 2323, 31_000 * hours, 12_400 * hours, 2_210), new(17, 5683, 4_100 * hours, 1_900 * hours, 120),
            new(6, 8728, 12_800 * hours, 7_700 * hours, 420), new(6, 23, 188_000 * hours, 141_000 * hours, 9_120),
            new(6, 60001, 2_400 * hours, 1_800 * hours, 77), new(6, 22, 64_000 * hours, 58_000 * hours, 3_310),
        ];
        return Task.FromResult<IReadOnlyList<PortActivity>>(IsEmpty ? [] : [.. ports.Take(top)]);
    }

    public Task<IReadOnlyList<SeriesPoint>> PortSeriesAsync(
        byte protocol, ushort port, TimeRange range, TimeSpan bucket, CancellationToken cancellation)
    {
        var points = new List<SeriesPoint>();
        for (var at = range.From; at < range.To && !IsEmpty; at += bucket)
        {
            var hours = (range.To - at).TotalHours;
            var sources = 40 + (long)(2_000 / (1 + Math.Exp(hours - 6)));
            points.Add(new SeriesPoint(at, sources * 7, sources));
        }

        return Task.FromResult<IReadOnlyList<SeriesPoint>>(points);
    }

    public Task<IReadOnlyList<PortSource>> PortSourcesAsync(
        byte protocol, ushort port, TimeRange range, int top, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PortSource>>(IsEmpty
            ? []
            :
            [
                .. Enumerable.Range(0, Math.Min(top, 64)).Select(number => new PortSource(
                    Address.FromV4(0xC6336400u + (uint)number), 4_000 / (number + 1), 200 / (number + 1), range.From,
                    range.To.AddMinutes(-number), number % 3 == 0 ? PacketMarks.Mirai : PacketMarks.None)),
            ]);

    public Task<IReadOnlyList<CountryActivity>> CountriesAsync(TimeRange range, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CountryActivity>>(
            IsEmpty ? [] : [.. Places.Select(place => new CountryActivity(place.Country, place.Weight * 11_731L, place.Weight * 9L))]);

    public Task ContactsAsync(TimeRange range, Action<SourceContact> take, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<SourceActivity>> ActivityAsync(Address source, TimeRange range, CancellationToken cancellation)
    {
        var random = new Random(source.GetHashCode());
        var last = DateOnly.FromDateTime(range.To.UtcDateTime).AddDays(-1);
        var rows =
            from port in new ushort[] { 23, 2323, 5555, 8080, 37215, 80, 60001 }
            from day in Enumerable.Range(0, 21)
            where random.Next(100) < 62 - (port % 7 * 6)
            select new SourceActivity(
                last.AddDays(-day), 6, port, 1 + (long)Math.Pow(10, random.NextDouble() * 3.5), random.Next(1, 900),
                port == 23 ? PacketMarks.Mirai : PacketMarks.None);
        return Task.FromResult<IReadOnlyList<SourceActivity>>(IsEmpty ? [] : [.. rows]);
    }

    public Task<IReadOnlyList<PacketSample>> SamplesAsync(
        Address subject, TimeRange range, int most, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PacketSample>>([]);

    public Task<IReadOnlyList<PacketSample>> PortSamplesAsync(
        byte protocol, ushort port, TimeRange range, int most, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PacketSample>>([]);

    public Task<IReadOnlyList<SensorGap>> GapsAsync(TimeRange range, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<SensorGap>>([.. Gaps.Where(gap => gap.To > range.From && gap.From < range.To)]);

    public void AddGap(SensorGap gap) => Gaps.Add(gap);
}

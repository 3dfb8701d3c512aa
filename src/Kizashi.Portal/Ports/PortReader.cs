using Kizashi.Core.Alerts;
using Kizashi.Core.Storage;
using Kizashi.Portal.Language;
using Kizashi.Portal.Overviews;

namespace Kizashi.Portal.Ports;

/// <summary>Asks the store what a port's page shows.</summary>
internal sealed class PortReader(IObservationStore observations, IAlertStore alerts, TimeProvider time)
{
    /// <summary>Sources whose countries and fingerprints are summed.</summary>
    public const int MostSources = 2_000;

    private const int MostAlerts = 50;
    private const int MostCandidates = 1_000;
    private const int MostSamples = 12;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public bool IsSimulated(PortalOptions options) => options.DataIsSimulated || observations.Statistics.HasSimulated;

    public async Task<PortView> ReadAsync(byte protocol, ushort port, RangeChoice choice)
    {
        var range = choice.Resolve(RangeChoice.Anchor(observations.Statistics.Latest, time.GetUtcNow()));
        var bucket = BucketOf(range.Length, choice.Bucket);
        var sourceRange = range.Length > Day ? new TimeRange(range.To - Day, range.To) : range;
        var series = observations.PortSeriesAsync(protocol, port, range, bucket, CancellationToken.None);
        var sources = observations.PortSourcesAsync(protocol, port, sourceRange, MostSources, CancellationToken.None);
        var samples = observations.PortSamplesAsync(protocol, port, sourceRange, MostSamples, CancellationToken.None);
        await Task.WhenAll(series, sources, samples);
        return new PortView(
            range, bucket, await series, sourceRange, await sources, Alerts(PortNames.Label(protocol, port)),
            await samples);
    }

    // Ports are kept by minute for what is new and by hour beyond; minutes of a day would be read 1,440 times.
    private static TimeSpan BucketOf(TimeSpan length, TimeSpan usual) =>
        length <= TimeSpan.FromHours(6) ? usual
        : length <= TimeSpan.FromDays(14) ? TimeSpan.FromHours(1)
        : Day;

    // The text also finds tcp/2323 for tcp/23.
    private List<Alert> Alerts(string label) =>
    [
        .. alerts.Query(new AlertQuery { Text = label, Most = MostCandidates })
            .Where(alert => alert.Details.Texts(AlertDetails.Ports).Contains(label))
            .Take(MostAlerts),
    ];
}

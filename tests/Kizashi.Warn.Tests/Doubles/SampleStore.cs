using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;

namespace Kizashi.Warn.Tests.Doubles;

/// <summary>An observation store that only knows raw packets.</summary>
internal sealed class SampleStore : IObservationStore
{
    public List<PacketSample> Stored { get; } = [];

    public int Lookups { get; private set; }

    public StoreStatistics Statistics => throw new NotSupportedException();

    public Task<IReadOnlyList<PacketSample>> SamplesAsync(
        Address subject, TimeRange range, int most, CancellationToken cancellation)
    {
        Lookups++;
        return Task.FromResult<IReadOnlyList<PacketSample>>(
            [.. Stored.Where(sample => sample.Subject == subject).Take(most)]);
    }

    public Task<IReadOnlyList<PacketSample>> PortSamplesAsync(
        byte protocol, ushort port, TimeRange range, int most, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public IObservationWriter OpenWriter(string sensor, bool again = false, int? buffered = null) => throw new NotSupportedException();

    public Task<IReadOnlyList<SeriesPoint>> SeriesAsync(
        TimeRange range, TimeSpan bucket, string? sensor, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<PortActivity>> PortsAsync(
        TimeRange range, int top, bool rising, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<SeriesPoint>> PortSeriesAsync(
        byte protocol, ushort port, TimeRange range, TimeSpan bucket, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<PortSource>> PortSourcesAsync(
        byte protocol, ushort port, TimeRange range, int top, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<CountryActivity>> CountriesAsync(TimeRange range, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task ContactsAsync(TimeRange range, Action<SourceContact> take, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<SourceActivity>> ActivityAsync(
        Address source, TimeRange range, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<SensorGap>> GapsAsync(TimeRange range, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public void AddGap(SensorGap gap) => throw new NotSupportedException();
}

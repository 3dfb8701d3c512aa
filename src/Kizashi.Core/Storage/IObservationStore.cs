using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Sensors;

namespace Kizashi.Core.Storage;

/// <summary>Keeps observations for good: takes batches, answers the questions of pages and engines.</summary>
public interface IObservationStore
{
    /// <param name="sensor">Name of the sensor whose batches the writer takes.</param>
    /// <param name="again">Take batches even if their ids are already there, under new ids (`watch --again`).</param>
    /// <param name="buffered">Rows held in memory before they are encoded, 34 bytes each, twice that for a moment; null for what is best on disk.</param>
    IObservationWriter OpenWriter(string sensor, bool again = false, int? buffered = null);

    /// <summary>Packets and sources per bucket over all sensors, or one.</summary>
    /// <param name="range">Bounds.</param>
    /// <param name="bucket">A multiple of a minute.</param>
    /// <param name="sensor">Null for all.</param>
    /// <param name="cancellation">Stops the query.</param>
    Task<IReadOnlyList<SeriesPoint>> SeriesAsync(
        TimeRange range, TimeSpan bucket, string? sensor, CancellationToken cancellation);

    /// <summary>Ports that rise most against the range before, when rising, else the busiest.</summary>
    Task<IReadOnlyList<PortActivity>> PortsAsync(TimeRange range, int top, bool rising, CancellationToken cancellation);

    /// <summary>Packets and sources of one port per bucket, over all sensors.</summary>
    /// <param name="protocol">IANA number.</param>
    /// <param name="port">Destination port; ICMP type for ICMP.</param>
    /// <param name="range">Bounds.</param>
    /// <param name="bucket">A multiple of a minute.</param>
    /// <param name="cancellation">Stops the query.</param>
    Task<IReadOnlyList<SeriesPoint>> PortSeriesAsync(
        byte protocol, ushort port, TimeRange range, TimeSpan bucket, CancellationToken cancellation);

    /// <summary>Who sent most to a port, busiest first; answers to spoofed traffic are left out.</summary>
    Task<IReadOnlyList<PortSource>> PortSourcesAsync(
        byte protocol, ushort port, TimeRange range, int top, CancellationToken cancellation);

    Task<IReadOnlyList<CountryActivity>> CountriesAsync(TimeRange range, CancellationToken cancellation);

    /// <summary>Everything an address did, by day, protocol and port, at most 10,000 rows, busiest kept.</summary>
    Task<IReadOnlyList<SourceActivity>> ActivityAsync(Address source, TimeRange range, CancellationToken cancellation);

    /// <summary>Hands over who sent what in which hour, in no order; answers to spoofed traffic are left out.</summary>
    Task ContactsAsync(TimeRange range, Action<SourceContact> take, CancellationToken cancellation);

    /// <summary>Raw packets of a subject, oldest first, spread over the range.</summary>
    Task<IReadOnlyList<PacketSample>> SamplesAsync(
        Address subject, TimeRange range, int most, CancellationToken cancellation);

    /// <summary>Raw packets to a port, of as many senders as there are room for, oldest first.</summary>
    /// <param name="protocol">IANA number.</param>
    /// <param name="port">Destination port; ICMP code for ICMP.</param>
    /// <param name="range">Bounds.</param>
    /// <param name="most">Bound.</param>
    /// <param name="cancellation">Stops the query.</param>
    Task<IReadOnlyList<PacketSample>> PortSamplesAsync(
        byte protocol, ushort port, TimeRange range, int most, CancellationToken cancellation);

    Task<IReadOnlyList<SensorGap>> GapsAsync(TimeRange range, CancellationToken cancellation);

    void AddGap(SensorGap gap);

    StoreStatistics Statistics { get; }
}

using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Wire.Payloads;

namespace Kizashi.Analyze.Reflections;

/// <summary>Follows the claimed sources of one shard, and its part of their networks.</summary>
/// <remarks>
/// Whoever has sent few requests is a newcomer in a table of fixed size; from the tenth on, or the fourth row, a source, or a service asked in a network's names, is followed by
/// itself, unless it lies in a network that is known to be attacked as a whole.
/// </remarks>
internal sealed class ReflectionShard
{
    private const byte Udp = 17;

    private readonly ReflectionOptions _options;
    private readonly int _most;
    private readonly int _mostNetworks;
    private readonly NewcomerTable _newSources;
    private readonly NewcomerTable _newNetworks;
    private readonly Dictionary<Address, ReflectedSource> _sources = [];
    private readonly Dictionary<UInt128, ReflectedNetwork> _networks = [];
    private readonly Dictionary<Prefix, ReflectedZone> _zones = [];
    private readonly HashSet<Address> _grown = [];
    private readonly HashSet<UInt128> _grownNetworks = [];
    private readonly SortedSet<int> _lengths4 = [];
    private readonly SortedSet<int> _lengths6 = [];
    private readonly List<ReflectedSource> _over = [];
    private long _evicted;

    // No source has a last request before this.
    private long _oldest = long.MaxValue;

    /// <param name="options">Bounds and thresholds.</param>
    /// <param name="shards">Among so many the bounds are divided.</param>
    public ReflectionShard(ReflectionOptions options, int shards)
    {
        _options = options;
        _most = Math.Max(1, options.MaxFollowed / shards);
        _mostNetworks = Math.Max(1, options.MaxNetworks / shards);
        _newSources = new NewcomerTable(options.MaxSources / shards, options.EarlyRequests, options.IdleSeconds * 1000L, remembers: true);
        _newNetworks = new NewcomerTable(options.MaxSources / shards / 2, options.EarlyRequests, options.NetworkSeconds * 1000L, remembers: false);
    }

    public bool IsSimulated { get; private set; }

    /// <summary>Sources given up for want of room, none of them an attack.</summary>
    public long Evicted => _newSources.Evicted + _evicted;

    /// <summary>Rows of sources not followed since all there was room for were attacks.</summary>
    public long Refused { get; private set; }

    /// <summary>Keys of networks that have had requests since they were last asked for.</summary>
    public IEnumerable<UInt128> TakeGrownNetworks()
    {
        UInt128[] grown = [.. _grownNetworks];
        _grownNetworks.Clear();
        return grown;
    }

    public ReflectedNetwork? FindNetwork(UInt128 key) => _networks.GetValueOrDefault(key);

    public ReflectedZone? FindZone(Prefix network) => _zones.GetValueOrDefault(network);

    /// <param name="batch">What the shard has gained.</param>
    /// <param name="sensor">The place of the batch's sensor.</param>
    public void Observe(ObservationBatch batch, byte sensor)
    {
        IsSimulated |= batch.Simulated;
        Read(batch.V4, batch.Id.Value, sensor);
        Read(batch.V6, batch.Id.Value, sensor);
        foreach (var sample in batch.Samples)
            Look(sample);
    }

    /// <summary>Attacks of which there is news, judged; <see cref="Tell"/> says that it was told.</summary>
    public IReadOnlyList<ReflectedSource> News(long watermark)
    {
        var news = new List<ReflectedSource>();
        _grown.RemoveWhere(address =>
        {
            if (!_sources.TryGetValue(address, out var source))
                return true;

            source.Judge(_options);
            if (source.IsAttack && source.Told.IsNews(source.Sum.Requests, source.IsConfirmed, watermark))
                news.Add(source);

            return !source.IsAttack;
        });
        return news;
    }

    public void Tell(ReflectedSource source, long watermark)
    {
        source.Told = new Told(source.Sum.Requests, watermark, source.IsConfirmed);
        _grown.Remove(source.Address);
    }

    /// <summary>Gives up who has been silent too long, and returns those who were attacked.</summary>
    public IEnumerable<ReflectedSource> EndBefore(long idle)
    {
        List<ReflectedSource> over = [.. _over];
        _over.Clear();
        if (_oldest >= idle)
            return over;

        _oldest = long.MaxValue;
        foreach (var source in _sources.Values.ToArray())
        {
            if (source.Sum.Last >= idle)
            {
                _oldest = Math.Min(_oldest, source.Sum.Last);
                continue;
            }

            _sources.Remove(source.Address);
            if (source.IsAttack)
                over.Add(source);
        }

        foreach (var (key, network) in _networks.Where(pair => pair.Value.Sum.Last < idle).ToArray())
            _networks.Remove(key);

        return over;
    }

    /// <summary>From now on the network is one; what is known of it goes into it, and the attacks that were told by themselves are returned.</summary>
    public IEnumerable<ReflectedSource> BeginZone(Prefix network)
    {
        var zone = new ReflectedZone(network);
        foreach (var (prefix, part) in _zones.Where(pair => IsIn(pair.Key, network)).ToArray())
        {
            zone.Merge(part);
            _zones.Remove(prefix);
        }

        foreach (var (key, part) in _networks.Where(pair => IsIn(pair.Value.Network, network)).ToArray())
        {
            zone.Merge(part);
            _networks.Remove(key);
        }

        var parts = new List<ReflectedSource>();
        foreach (var source in _sources.Values.Where(source => network.Contains(source.Address)).OrderBy(source => source.Address).ToArray())
        {
            _sources.Remove(source.Address);
            if (source.Told.Requests > 0)
                parts.Add(source);
        }

        _zones[network] = zone;
        CountLengths();
        return parts;
    }

    public void EndZone(Prefix network)
    {
        _zones.Remove(network);
        CountLengths();
    }

    public void Save(StateWriter writer)
    {
        writer.Write(IsSimulated);
        writer.Write(_evicted);
        writer.Write(Refused);
        writer.Write(_oldest);
        _newSources.Save(writer);
        _newNetworks.Save(writer);
        writer.Write(_sources.Count);
        foreach (var source in _sources.Values.OrderBy(source => source.Address))
            source.Save(writer);

        writer.Write(_networks.Count);
        foreach (var (key, network) in _networks.OrderBy(pair => pair.Key))
        {
            writer.Write(key);
            network.Save(writer);
        }

        writer.Write(_over.Count);
        _over.ForEach(source => source.Save(writer));
        writer.Write(_zones.Count);
        foreach (var zone in _zones.Values.OrderBy(zone => zone.Network))
            zone.Save(writer);

        writer.WriteSpan<UInt128>([.. _grown.Order().Select(address => address.Value)]);
        writer.WriteSpan<UInt128>([.. _grownNetworks.Order()]);
    }

    public void Load(StateReader reader)
    {
        IsSimulated = reader.Read<bool>();
        _evicted = reader.Read<long>();
        Refused = reader.Read<long>();
        _oldest = reader.Read<long>();
        _newSources.Load(reader);
        _newNetworks.Load(reader);
        for (var count = reader.ReadCount(_most); count > 0; count--)
        {
            var source = ReflectedSource.Load(reader);
            _sources[source.Address] = source;
        }

        for (var count = reader.ReadCount(_most); count > 0; count--)
            _networks[reader.Read<UInt128>()] = ReflectedNetwork.Load(reader);

        for (var count = reader.ReadCount(int.MaxValue); count > 0; count--)
            _over.Add(ReflectedSource.Load(reader));

        for (var count = reader.ReadCount(_most); count > 0; count--)
        {
            var zone = ReflectedZone.Load(reader);
            _zones[zone.Network] = zone;
        }

        foreach (var address in reader.ReadSpan<UInt128>(_most))
            _grown.Add(new Address(address));

        _grownNetworks.UnionWith(reader.ReadSpan<UInt128>(_most));
        CountLengths();
    }

    private static bool IsIn(Prefix part, Prefix whole) => part.Length >= whole.Length && whole.Contains(part.First);

    private void CountLengths()
    {
        _lengths4.Clear();
        _lengths6.Clear();
        foreach (var network in _zones.Keys)
            (network.IsV4 ? _lengths4 : _lengths6).Add(network.Length);
    }

    private ReflectedZone? ZoneOf(Address address)
    {
        foreach (var length in address.IsV4 ? _lengths4 : _lengths6)
        {
            if (_zones.TryGetValue(new Prefix(address, length), out var zone))
                return zone;
        }

        return null;
    }

    private void Read<TAddress>(FlowTuples<TAddress> rows, UInt128 batch, byte sensor)
        where TAddress : unmanaged
    {
        for (var at = 0; at < rows.Count; at++)
        {
            if (rows.Protocol[at] != Udp)
                continue;

            var slot = rows.Slot[at] * 1000L;
            var row = new ReflectedRow(
                slot + rows.First[at], slot + rows.Last[at], rows.Packets[at], (uint)Tables.Hashing.Of(rows.Destination[at], 5),
                rows.DestinationPort[at], rows.SourcePort[at], rows.Length[at], rows.Ttl[at], sensor);
            Take(Addresses.From(rows.Source[at]), row, batch);
        }
    }

    private void Take(Address address, in ReflectedRow row, UInt128 batch)
    {
        if ((_lengths4.Count > 0 || _lengths6.Count > 0) && ZoneOf(address) is { } zone)
        {
            zone.Take(address, row, batch);
            return;
        }

        TakeSource(address, row, batch);
        TakeNetwork(address, row, batch);
    }

    private void TakeSource(Address address, in ReflectedRow row, UInt128 batch)
    {
        if (_sources.TryGetValue(address, out var source) && row.First - source.Sum.Last > _options.IdleSeconds * 1000L)
        {
            _sources.Remove(address);
            source.Judge(_options);
            if (source.IsAttack)
                _over.Add(source);

            source = null;
        }

        if (source is null)
        {
            if (!_newSources.Take(address.Value, row, batch, out var held, out var forgotten))
                return;

            if (_sources.Count >= _most && !MakeRoom())
            {
                Refused++;
                return;
            }

            _sources[address] = source = new ReflectedSource(address, new ReflectedSum());
            if (forgotten > 0)
                source.Sum.Credit(row.Service, forgotten);

            for (var at = 0; at < held.Count; at++)
                source.Take(held.Rows[at], held.Batch, _options);
        }

        source.Take(row, batch, _options);
        _oldest = Math.Min(_oldest, source.Sum.Last);
        if (source.IsSuspect)
            _grown.Add(address);
    }

    private void TakeNetwork(Address address, in ReflectedRow row, UInt128 batch)
    {
        var prefix = new Prefix(address, address.IsV4 ? _options.NetworkLength4 : _options.NetworkLength6);

        // The bits of the host are 0: room for the service; those of IPv4 are fewer, and its mark keeps the families apart.
        var key = address.IsV4 ? prefix.First.Value | ((UInt128)row.Service << 112) : prefix.First.Value | row.Service;
        if (!_networks.TryGetValue(key, out var network))
        {
            if (!_newNetworks.Take(key, row, batch, out var held, out _) || (_networks.Count >= _mostNetworks && !MakeNetworkRoom()))
                return;

            _networks[key] = network = new ReflectedNetwork(prefix, row.Service, new ReflectedSum());
            for (var at = 0; at < held.Count; at++)
                network.Sum.Take(held.Rows[at], held.Batch);
        }

        network.Take(address, row, batch, _options);
        _grownNetworks.Add(key);
    }

    private void Look(PacketSample sample)
    {
        if (sample.Protocol != Udp)
            return;

        var zone = ZoneOf(sample.Subject);
        var source = zone is null ? _sources.GetValueOrDefault(sample.Subject) : null;
        if ((zone is null && source is null) || ServiceRequest.Of(sample.Bytes) is not { } request)
            return;

        zone?.Sum.Traits.Take(request);
        source?.Sum.Traits.Take(request);
    }

    // A quarter at once, so that a flood does not sort for each of its sources.
    private bool MakeRoom()
    {
        var quiet = _sources.Values.Where(source => !source.IsSuspect)
            .OrderBy(source => source.Sum.Last).ThenBy(source => source.Address).Take(Math.Max(1, _most / 4)).ToArray();
        foreach (var source in quiet)
        {
            _sources.Remove(source.Address);
            _newSources.Forget(source.Address.Value, source.Sum.Requests, source.Sum.Last);
        }

        _evicted += quiet.Length;
        return quiet.Length > 0;
    }

    private bool MakeNetworkRoom()
    {
        var quiet = _networks.OrderBy(pair => pair.Value.Sum.Last).ThenBy(pair => pair.Key).Take(Math.Max(1, _mostNetworks / 4)).ToArray();
        foreach (var (key, _) in quiet)
        {
            _networks.Remove(key);
            _grownNetworks.Remove(key);
        }

        return quiet.Length > 0;
    }
}

using System.Globalization;
using Kizashi.Analyze.State;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Reflections;

/// <summary>What requests in one name, or in the names of one network, add up to.</summary>
internal sealed class ReflectedSum
{
    private const int MostServices = 64;
    private const int MostBatches = 16;
    private const int MostMinutes = 5;
    private const long MinuteMillis = 60_000;
    private const long SlotMillis = 10_000;

    private readonly List<(ushort Port, long Requests, long Bytes)> _services = [];
    private readonly List<(long Minute, long Requests)> _minutes = [];
    private readonly List<UInt128> _batches = [];
    private readonly List<(byte Sensor, long Requests)> _sensors = [];
    private long _slot;
    private long _inSlot;
    private long _inSlotBefore;

    public long First { get; private set; } = long.MaxValue;

    public long Last { get; private set; }

    public long Requests { get; private set; }

    /// <summary>IP bytes.</summary>
    public long Bytes { get; private set; }

    public long MaxPerMinute { get; private set; }

    /// <summary>Over ten seconds.</summary>
    public long MaxPerSlot { get; private set; }

    /// <summary>In the latest ten seconds, or those before if they were more: they are not over.</summary>
    public long InSlot => Math.Max(_inSlot, _inSlotBefore);

    public DistinctHashes Reflectors { get; private set; } = new();

    public RequestTraits Traits { get; private set; } = new();

    public IReadOnlyList<UInt128> Batches => _batches;

    /// <summary>Places of the sensors that saw it, most requests first.</summary>
    public IEnumerable<byte> Sensors => _sensors.OrderByDescending(sensor => sensor.Requests).ThenBy(sensor => sensor.Sensor).Select(sensor => sensor.Sensor);

    public int ServiceCount => _services.Count;

    /// <summary>Most requests first.</summary>
    public IReadOnlyList<ReflectorVector> Vectors =>
    [
        .. _services.OrderByDescending(service => service.Requests).ThenBy(service => service.Port)
            .Select(service => new ReflectorVector("udp/" + service.Port.ToString(CultureInfo.InvariantCulture), service.Requests, service.Bytes)),
    ];

    public long WantedBytes => (long)_services.Sum(service => Amplification.Wanted(service.Port, service.Bytes, service.Requests));

    public IReadOnlyList<GrowthPoint> Minutes =>
        [.. _minutes.Select(minute => new GrowthPoint(DateTimeOffset.FromUnixTimeMilliseconds((minute.Minute + 1) * MinuteMillis), 0, 0, minute.Requests))];

    /// <summary>In no order.</summary>
    public IEnumerable<ushort> Services => _services.Select(service => service.Port);

    /// <summary>Requests to the service that has had most.</summary>
    public long MostToOne
    {
        get
        {
            var most = 0L;
            foreach (var (_, requests, _) in _services)
                most = Math.Max(most, requests);

            return most;
        }
    }

    public long RequestsTo(ushort service) => _services.Find(known => known.Port == service).Requests;

    public void Take(in ReflectedRow row, UInt128 batch)
    {
        First = Math.Min(First, row.First);
        Last = Math.Max(Last, row.Last);
        Requests += row.Requests;
        Bytes += (long)row.Requests * row.Length;
        AddService(row.Service, row.Requests, (long)row.Requests * row.Length);
        Reflectors.Add(row.Reflector);
        Traits.Take(row);
        AddMinute(row.First / MinuteMillis, row.Requests);
        AddSlot(row.First / SlotMillis, row.Requests);
        AddBatch(batch);
        AddSensor(row.Sensor, row.Requests);
    }

    /// <summary>Counts requests of which nothing else is known any more.</summary>
    public void Credit(ushort service, long requests)
    {
        Requests += requests;
        AddService(service, requests, 0);
    }

    public void Merge(ReflectedSum other)
    {
        First = Math.Min(First, other.First);
        Last = Math.Max(Last, other.Last);
        Requests += other.Requests;
        Bytes += other.Bytes;
        (MaxPerMinute, MaxPerSlot) = (Math.Max(MaxPerMinute, other.MaxPerMinute), Math.Max(MaxPerSlot, other.MaxPerSlot));
        other._services.ForEach(service => AddService(service.Port, service.Requests, service.Bytes));
        other._minutes.ForEach(minute => AddMinute(minute.Minute, minute.Requests));
        other._batches.ForEach(AddBatch);
        other._sensors.ForEach(sensor => AddSensor(sensor.Sensor, sensor.Requests));
        Reflectors.Merge(other.Reflectors);
        Traits.Merge(other.Traits);
        AddSlot(other._slot - 1, other._inSlotBefore);
        AddSlot(other._slot, other._inSlot);
    }

    public void Save(StateWriter writer)
    {
        foreach (var number in (ReadOnlySpan<long>)[First, Last, Requests, Bytes, MaxPerMinute, MaxPerSlot, _slot, _inSlot, _inSlotBefore])
            writer.Write(number);

        writer.WriteSpan<ushort>([.. _services.Select(service => service.Port)]);
        writer.WriteSpan<long>([.. _services.Select(service => service.Requests)]);
        writer.WriteSpan<long>([.. _services.Select(service => service.Bytes)]);
        writer.WriteSpan<long>([.. _minutes.Select(minute => minute.Minute)]);
        writer.WriteSpan<long>([.. _minutes.Select(minute => minute.Requests)]);
        writer.WriteSpan<UInt128>([.. _batches]);
        writer.WriteSpan<byte>([.. _sensors.Select(sensor => sensor.Sensor)]);
        writer.WriteSpan<long>([.. _sensors.Select(sensor => sensor.Requests)]);
        Reflectors.Save(writer);
        Traits.Save(writer);
    }

    public static ReflectedSum Load(StateReader reader)
    {
        var sum = new ReflectedSum
        {
            First = reader.Read<long>(),
            Last = reader.Read<long>(),
            Requests = reader.Read<long>(),
            Bytes = reader.Read<long>(),
            MaxPerMinute = reader.Read<long>(),
            MaxPerSlot = reader.Read<long>(),
            _slot = reader.Read<long>(),
            _inSlot = reader.Read<long>(),
            _inSlotBefore = reader.Read<long>(),
        };
        var (ports, requests, bytes) = (reader.ReadSpan<ushort>(MostServices), reader.ReadSpan<long>(MostServices), reader.ReadSpan<long>(MostServices));
        var (minutes, inMinute) = (reader.ReadSpan<long>(MostMinutes), reader.ReadSpan<long>(MostMinutes));
        if (ports.Length != requests.Length || ports.Length != bytes.Length || minutes.Length != inMinute.Length)
            throw new InvalidDataException("the services or minutes of a source do not match");

        sum._services.AddRange(ports.Select((port, at) => (port, requests[at], bytes[at])));
        sum._minutes.AddRange(minutes.Zip(inMinute));
        sum._batches.AddRange(reader.ReadSpan<UInt128>(MostBatches));
        sum._sensors.AddRange(reader.ReadSpan<byte>(SensorTable.Most + 1).Zip(reader.ReadSpan<long>(SensorTable.Most + 1)));
        sum.Reflectors = DistinctHashes.Load(reader);
        sum.Traits = RequestTraits.Load(reader);
        return sum;
    }

    private void AddService(ushort port, long requests, long bytes)
    {
        var at = _services.FindIndex(service => service.Port == port);
        if (at >= 0)
            _services[at] = (port, _services[at].Requests + requests, _services[at].Bytes + bytes);
        else if (_services.Count < MostServices)
            _services.Add((port, requests, bytes));
    }

    private void AddSensor(byte sensor, long requests)
    {
        var at = _sensors.FindIndex(known => known.Sensor == sensor);
        if (at >= 0)
            _sensors[at] = (sensor, _sensors[at].Requests + requests);
        else
            _sensors.Add((sensor, requests));
    }

    private void AddMinute(long minute, long requests)
    {
        var at = _minutes.FindIndex(known => known.Minute == minute);
        if (at >= 0)
        {
            requests += _minutes[at].Requests;
            _minutes[at] = (minute, requests);
        }
        else
        {
            _minutes.Add((minute, requests));
            _minutes.Sort();
            if (_minutes.Count > MostMinutes)
                _minutes.RemoveAt(0);
        }

        MaxPerMinute = Math.Max(MaxPerMinute, requests);
    }

    private void AddSlot(long slot, long requests)
    {
        if (slot > _slot)
            (_inSlotBefore, _slot, _inSlot) = (slot == _slot + 1 ? _inSlot : 0, slot, 0);

        if (slot == _slot - 1)
            MaxPerSlot = Math.Max(MaxPerSlot, _inSlotBefore += requests);
        else if (slot == _slot)
            MaxPerSlot = Math.Max(MaxPerSlot, _inSlot += requests);
    }

    // The first eight and the latest eight.
    private void AddBatch(UInt128 batch)
    {
        if (_batches.Count > 0 && _batches[^1] == batch)
            return;

        if (_batches.Count == MostBatches)
            _batches.RemoveAt(MostBatches / 2);

        _batches.Add(batch);
    }
}

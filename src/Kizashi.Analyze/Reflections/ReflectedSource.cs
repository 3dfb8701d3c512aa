using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Reflections;

/// <summary>One claimed source of requests: a victim, a scanner, or nobody.</summary>
internal sealed class ReflectedSource
{
    private const int MostServices = 64;
    private const int MostReflectors = 64;
    private const int MostBatches = 16;
    private const long MinuteMillis = 60_000;
    private const long TellMillis = 10_000;
    private const double Growth = 1.1;

    private readonly SortedDictionary<ushort, long> _services = [];
    private readonly SortedSet<Address> _reflectors = [];
    private readonly List<UInt128> _batches = [];
    private long _told;
    private long _toldAt;
    private bool _toldConfirmed;
    private long _minute = -1;
    private long _inMinute;
    private long _burstFrom;
    private long _burst;

    public required Address Address { get; init; }

    public required long First { get; init; }

    public long Last { get; private set; }

    public long Requests { get; private set; }

    public long Bytes { get; private set; }

    public long MaxPerMinute { get; private set; }

    public bool IsEarly { get; private set; }

    public bool IsConfirmed { get; private set; }


    public bool IsAttack => IsEarly || IsConfirmed;

    public IReadOnlyCollection<UInt128> Batches => _batches;

    public int Reflectors => _reflectors.Count;

    /// <summary>Most requests first.</summary>
    public IEnumerable<ushort> Services => _services.OrderByDescending(service => service.Value).ThenBy(service => service.Key).Select(service => service.Key);

    public void Take(in ReflectedRow row, ReflectionOptions options)
    {
        Last = Math.Max(Last, row.Last);
        Requests += row.Requests;
        Bytes += row.Bytes;
        if (_services.Count < MostServices || _services.ContainsKey(row.Service))
            _services[row.Service] = _services.GetValueOrDefault(row.Service) + row.Requests;

        if (_reflectors.Count < MostReflectors)
            _reflectors.Add(row.Reflector);

        // The first eight and the latest eight.
        if (_batches.Count == 0 || _batches[^1] != row.Batch)
        {
            if (_batches.Count == MostBatches)
                _batches.RemoveAt(MostBatches / 2);

            _batches.Add(row.Batch);
        }

        Weigh(row, options);
    }

    /// <summary>What has not been told of yet is worth telling: the first, the rule met, a tenth more, or ten seconds since the last time.</summary>
    public bool IsNews(long watermark) =>
        _told == 0 || (IsConfirmed && !_toldConfirmed) || (Requests > _told && (Requests >= _told * Growth || watermark >= _toldAt + TellMillis));

    public void Tell(long watermark) => (_told, _toldAt, _toldConfirmed) = (Requests, watermark, IsConfirmed);

    public void Save(StateWriter writer)
    {
        writer.Write(Address.Value);
        writer.Write(First);
        foreach (var number in (ReadOnlySpan<long>)[Last, Requests, Bytes, MaxPerMinute, _told, _toldAt, _minute, _inMinute, _burstFrom, _burst])
            writer.Write(number);

        writer.Write(IsEarly);
        writer.Write(IsConfirmed);
        writer.Write(_toldConfirmed);
        writer.WriteSpan<ushort>([.. _services.Keys]);
        writer.WriteSpan<long>([.. _services.Values]);
        writer.WriteSpan<UInt128>([.. _reflectors.Select(reflector => reflector.Value)]);
        writer.WriteSpan<UInt128>([.. _batches]);
    }

    public static ReflectedSource Load(StateReader reader)
    {
        var source = new ReflectedSource { Address = new Address(reader.Read<UInt128>()), First = reader.Read<long>() };
        source.Last = reader.Read<long>();
        source.Requests = reader.Read<long>();
        source.Bytes = reader.Read<long>();
        source.MaxPerMinute = reader.Read<long>();
        source._told = reader.Read<long>();
        source._toldAt = reader.Read<long>();
        source._minute = reader.Read<long>();
        source._inMinute = reader.Read<long>();
        source._burstFrom = reader.Read<long>();
        source._burst = reader.Read<long>();
        source.IsEarly = reader.Read<bool>();
        source.IsConfirmed = reader.Read<bool>();
        source._toldConfirmed = reader.Read<bool>();
        var services = reader.ReadSpan<ushort>(MostServices);
        var counts = reader.ReadSpan<long>(MostServices);
        if (services.Length != counts.Length)
            throw new InvalidDataException("the services of a source do not match");

        for (var at = 0; at < services.Length; at++)
            source._services[services[at]] = counts[at];

        foreach (var reflector in reader.ReadSpan<UInt128>(MostReflectors))
            source._reflectors.Add(new Address(reflector));

        source._batches.AddRange(reader.ReadSpan<UInt128>(MostBatches));
        return source;
    }

    private void Weigh(in ReflectedRow row, ReflectionOptions options)
    {
        var minute = row.First / MinuteMillis;
        if (minute != _minute)
            (_minute, _inMinute) = (minute, 0);

        _inMinute += row.Requests;
        MaxPerMinute = Math.Max(MaxPerMinute, _inMinute);
        if (row.First - _burstFrom > options.EarlySeconds * 1000L)
            (_burstFrom, _burst) = (row.First, 0);

        _burst += row.Requests;
        IsConfirmed |= _services.GetValueOrDefault(row.Service) >= options.MinRequests;
        IsEarly |= _burst >= options.EarlyRequests && _services.Count <= options.EarlyServices
            && Requests >= (long)options.EarlyEach * _reflectors.Count
            && _services.GetValueOrDefault(row.Service) >= options.EarlyRequests;
    }
}

using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Reflections;

/// <summary>One claimed source of requests: a victim, a scanner, a client, or nobody.</summary>
internal sealed class ReflectedSource(Address address, ReflectedSum sum)
{
    private const int ManyReflectors = 16;
    private const long FastPerSlot = 1000;

    private long _burstFrom;
    private long _burst;
    private bool _isFast;

    public Address Address => address;

    public ReflectedSum Sum => sum;

    public Told Told { get; set; }

    public bool IsEarly { get; private set; }

    public bool IsConfirmed { get; private set; }

    public bool IsAttack => IsEarly || IsConfirmed;

    /// <summary>The numbers of a rule were reached; how the requests are made decides.</summary>
    public bool IsSuspect { get; private set; }

    public void Take(in ReflectedRow row, UInt128 batch, ReflectionOptions options)
    {
        sum.Take(row, batch);
        if (row.First - _burstFrom > options.EarlySeconds * 1000L)
            (_burstFrom, _burst) = (row.First, 0);

        _burst += row.Requests;
        var requests = sum.RequestsTo(row.Service);
        _isFast |= _burst >= options.EarlyRequests && requests >= options.EarlyRequests && IsNarrow(options);
        IsSuspect |= _isFast || requests >= options.MinRequests;
    }

    /// <summary>Decides, once the requests looked into are known too.</summary>
    public void Judge(ReflectionOptions options)
    {
        if (!IsSuspect || IsConfirmed || sum.Traits.IsClient(sum.MaxPerMinute))
            return;

        // Who asks each of many reflectors once or twice for a service looks for them, unless so fast that no scan of the Internet brings it here.
        var isScan = sum.MaxPerSlot < FastPerSlot && sum.Reflectors.Count >= ManyReflectors
            && sum.MostToOne < (long)options.EarlyEach * sum.Reflectors.Count;
        IsConfirmed = !isScan && sum.MostToOne >= options.MinRequests;
        IsEarly |= _isFast && IsNarrow(options);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(address.Value);
        writer.Write(Told.Requests);
        writer.Write(Told.At);
        writer.Write(Told.Confirmed);
        writer.Write(_burstFrom);
        writer.Write(_burst);
        writer.Write(_isFast);
        writer.Write(IsEarly);
        writer.Write(IsConfirmed);
        writer.Write(IsSuspect);
        sum.Save(writer);
    }

    public static ReflectedSource Load(StateReader reader)
    {
        var address = new Address(reader.Read<UInt128>());
        var told = new Told(reader.Read<long>(), reader.Read<long>(), reader.Read<bool>());
        var (from, burst) = (reader.Read<long>(), reader.Read<long>());
        var isFast = reader.Read<bool>();
        var (early, confirmed, suspect) = (reader.Read<bool>(), reader.Read<bool>(), reader.Read<bool>());
        return new ReflectedSource(address, ReflectedSum.Load(reader))
        {
            Told = told,
            _burstFrom = from,
            _burst = burst,
            _isFast = isFast,
            IsEarly = early,
            IsConfirmed = confirmed,
            IsSuspect = suspect,
        };
    }

    private bool IsNarrow(ReflectionOptions options) =>
        sum.ServiceCount <= options.EarlyServices && sum.MostToOne >= (long)options.EarlyEach * sum.Reflectors.Count;
}

using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Reflections;

/// <summary>Follows the claimed sources of one shard.</summary>
internal sealed class ReflectionShard(ReflectionOptions options, string sensor, int most)
{
    private const byte Udp = 17;

    private readonly Dictionary<Address, ReflectedSource> _sources = [];
    private readonly SortedSet<Address> _grown = [];
    private readonly List<ReflectorAttackFinding> _over = [];

    // No source has a last request before this.
    private long _oldest = long.MaxValue;

    public bool IsSimulated { get; private set; }

    /// <summary>Sources given up for want of room, none of them an attack.</summary>
    public long Evicted { get; private set; }

    /// <summary>Sources not followed since all there was room for were attacks.</summary>
    public long Refused { get; private set; }

    public void Observe(ObservationBatch batch)
    {
        IsSimulated |= batch.Simulated;
        Read(batch.V4, batch.Id.Value);
        Read(batch.V6, batch.Id.Value);
    }

    public void Advance(long watermark, ICollection<Finding> findings)
    {
        // An hour's silence ends an attack; the state of a source that is none is forgotten with it.
        var idle = watermark - (options.IdleSeconds * 1000L);
        if (_oldest < idle)
            EndBefore(idle);

        foreach (var address in _grown.ToArray())
        {
            if (!_sources.TryGetValue(address, out var source))
            {
                _grown.Remove(address);
                continue;
            }

            if (!source.IsNews(watermark))
                continue;

            _grown.Remove(address);
            source.Tell(watermark);
            findings.Add(Tell(source, FindingState.Ongoing));
        }

        Drain(findings);
    }

    public void Finish(ICollection<Finding> findings)
    {
        foreach (var source in _sources.Values.ToArray())
            End(source);

        _grown.Clear();
        Drain(findings);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(IsSimulated);
        writer.Write(Evicted);
        writer.Write(Refused);
        writer.Write(_sources.Count);
        foreach (var source in _sources.Values.OrderBy(source => source.Address))
            source.Save(writer);

        writer.WriteSpan<UInt128>([.. _grown.Select(address => address.Value)]);
        SavedFindings.Save(_over, writer);
    }

    public void Load(StateReader reader)
    {
        IsSimulated = reader.Read<bool>();
        Evicted = reader.Read<long>();
        Refused = reader.Read<long>();
        for (var count = reader.ReadCount(most); count > 0; count--)
        {
            var source = ReflectedSource.Load(reader);
            _sources[source.Address] = source;
            _oldest = Math.Min(_oldest, source.Last);
        }

        foreach (var address in reader.ReadSpan<UInt128>(most))
            _grown.Add(new Address(address));

        _over.AddRange(SavedFindings.Load<ReflectorAttackFinding>(reader));
    }

    // Looked for only when there can be one, not at each interval.
    private void EndBefore(long idle)
    {
        _oldest = long.MaxValue;
        foreach (var source in _sources.Values.ToArray())
        {
            if (source.Last < idle)
                End(source);
            else
                _oldest = Math.Min(_oldest, source.Last);
        }
    }

    private void Read<TAddress>(FlowTuples<TAddress> rows, UInt128 batch)
        where TAddress : unmanaged
    {
        for (var at = 0; at < rows.Count; at++)
        {
            if (rows.Protocol[at] != Udp)
                continue;

            var slot = rows.Slot[at] * 1000L;
            Take(Addresses.From(rows.Source[at]), new ReflectedRow(
                rows.DestinationPort[at], Addresses.From(rows.Destination[at]), slot + rows.First[at], slot + rows.Last[at],
                rows.Packets[at], (long)rows.Packets[at] * rows.Length[at], batch));
        }
    }

    private void Take(Address address, in ReflectedRow row)
    {
        if (_sources.TryGetValue(address, out var source) && row.First - source.Last > options.IdleSeconds * 1000L)
        {
            End(source);
            source = null;
        }

        if (source is null)
        {
            if (_sources.Count >= most && !MakeRoom())
            {
                Refused++;
                return;
            }

            _sources[address] = source = new ReflectedSource { Address = address, First = row.First };
        }

        source.Take(row, options);
        _oldest = Math.Min(_oldest, source.Last);
        if (source.IsAttack)
            _grown.Add(address);
    }

    // A quarter at once, so that a flood does not sort for each of its sources.
    private bool MakeRoom()
    {
        var quiet = _sources.Values.Where(source => !source.IsAttack)
            .OrderBy(source => source.Last).ThenBy(source => source.Address).Take(Math.Max(1, most / 4)).ToArray();
        foreach (var source in quiet)
            _sources.Remove(source.Address);

        Evicted += quiet.Length;
        return quiet.Length > 0;
    }

    private void End(ReflectedSource source)
    {
        _sources.Remove(source.Address);
        if (source.IsAttack)
            _over.Add(Tell(source, FindingState.Ended));
    }

    private void Drain(ICollection<Finding> findings)
    {
        foreach (var finding in _over.OrderBy(finding => finding.LastSeen).ThenBy(finding => finding.EventId, StringComparer.Ordinal))
            findings.Add(finding);

        _over.Clear();
    }

    private ReflectorAttackFinding Tell(ReflectedSource source, FindingState state) => new()
    {
        EventId = EventIds.Of(sensor, "reflector-attack", source.Address.Value, (ulong)source.First),
        State = state,
        FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(source.First),
        LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(source.Last),
        Sensor = sensor,
        Score = (double)source.Requests / options.MinRequests,
        Victim = source.Address,
        Ports = [.. source.Services.Select(port => "udp/" + port.ToString(System.Globalization.CultureInfo.InvariantCulture))],
        Requests = source.Requests,
        Bytes = source.Bytes,
        MaxPerMinute = source.MaxPerMinute,
        Reflectors = source.Reflectors,
        Confirmed = source.IsConfirmed,
        Batches = [.. source.Batches.Select(batch => batch.ToString("x32", System.Globalization.CultureInfo.InvariantCulture))],
        Simulated = IsSimulated,
    };
}

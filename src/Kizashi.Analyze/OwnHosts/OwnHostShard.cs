using System.Runtime.InteropServices;
using Kizashi.Analyze.Scans;
using Kizashi.Analyze.State;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.OwnHosts;

/// <summary>Follows the own hosts of one shard.</summary>
internal sealed class OwnHostShard(OwnHostOptions options, OwnFilter filter, string sensor, int most)
{
    private const int MostWaiting = 1 << 16;

    private readonly Dictionary<(UInt128 Host, bool Answers), OwnHost> _hosts = [];
    private readonly HashSet<OwnHost> _due = [];
    private readonly List<OwnHostFinding> _reports = [];
    private readonly long _idle = 1000L * options.IdleSeconds;
    private List<OwnRow> _waiting = [];
    private long _floor;
    private UInt128 _batch;
    private int _batchOrdinal;

    public bool IsSimulated { get; private set; }

    /// <summary>FlowTuples of hosts not followed because too many were.</summary>
    public long Refused { get; private set; }

    public int Live => _hosts.Count;

    public void Observe(ObservationBatch batch)
    {
        IsSimulated |= batch.Simulated;
        _batch = batch.Id.Value;
        _batchOrdinal++;
        var sources = batch.V4.Source.AsSpan(0, batch.V4.Count);
        for (var at = 0; at < sources.Length; at++)
        {
            if (filter.Contains(sources[at]))
                Take(Row(batch.V4, at));
        }

        var wide = batch.V6.Source.AsSpan(0, filter.HasV6 ? batch.V6.Count : 0);
        for (var at = 0; at < wide.Length; at++)
        {
            if (filter.Contains(wide[at]))
                Take(Row(batch.V6, at));
        }

        Settle(batch.WatermarkMillis);
    }

    public IReadOnlyList<OwnHostFinding> DrainReports()
    {
        OwnHostFinding[] drained = [.. _reports];
        _reports.Clear();
        return drained;
    }

    public void Advance(long watermark)
    {
        Settle(watermark);

        // A host whose first packet may still come is told next time: the first packet names the event.
        foreach (var host in _due.Where(host => host.First < watermark).ToArray())
        {
            _due.Remove(host);
            host.Told(options);
            _reports.Add(host.ToFinding(sensor, IsSimulated, ended: false));
        }

        foreach (var host in _hosts.Values.Where(host => host.Last + _idle < watermark).ToArray())
            End(host);
    }

    public void Finish()
    {
        var floor = _floor;
        Settle(long.MaxValue);
        _floor = floor;
        foreach (var host in _hosts.Values.ToArray())
            End(host);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(IsSimulated);
        writer.Write(_floor);
        writer.Write(Refused);
        writer.WriteSpan<OwnRow>(CollectionsMarshal.AsSpan(_waiting));
        SavedFindings.Save(_reports, writer);
        writer.Write(_hosts.Count);
        foreach (var host in _hosts.Values)
        {
            host.Save(writer);
            writer.Write(_due.Contains(host));
        }
    }

    public void Load(StateReader reader)
    {
        IsSimulated = reader.Read<bool>();
        _floor = reader.Read<long>();
        Refused = reader.Read<long>();
        _waiting.AddRange(reader.ReadSpan<OwnRow>(MostWaiting));
        _reports.AddRange(SavedFindings.Load<OwnHostFinding>(reader));
        var count = reader.ReadCount(int.MaxValue);
        for (var number = 0; number < count; number++)
        {
            var host = OwnHost.Load(reader);
            _hosts[(host.Host, host.Answers)] = host;
            if (reader.Read<bool>())
                _due.Add(host);
        }
    }

    private static OwnRow Row<TAddress>(FlowTuples<TAddress> rows, int at)
        where TAddress : unmanaged
    {
        var type = TrafficTypes.Classify(rows.Protocol[at], rows.TcpFlags[at], rows.SourcePort[at]);
        return new OwnRow
        {
            Host = Addresses.From(rows.Source[at]).Value,
            Destination = Addresses.From(rows.Destination[at]).Value,
            First = (rows.Slot[at] * 1000L) + rows.First[at],
            Last = (rows.Slot[at] * 1000L) + rows.Last[at],
            Packets = rows.Packets[at],
            Port = rows.DestinationPort[at],
            Marks = rows.Marks[at],
            Protocol = rows.Protocol[at],
            Answers = type >= TrafficTypes.Answer || (rows.Marks[at] & PacketMarks.Backscatter) != 0,
        };
    }

    private void Take(in OwnRow row)
    {
        if (_hosts.TryGetValue((row.Host, row.Answers), out var host) && row.First > host.Last + _idle)
        {
            if (_floor <= host.Last + _idle && _waiting.Count < MostWaiting)
            {
                _waiting.Add(row);
                return;
            }

            End(host);
            host = null;
        }

        if (host is null)
        {
            if (_hosts.Count >= most)
            {
                Refused++;
                return;
            }

            _hosts.Add((row.Host, row.Answers), host = new OwnHost(row.Host, row.Answers));
        }

        host.Add(row, options.MaxDestinations);
        host.Trail(_batch, _batchOrdinal);
        if (host.IsWorthTelling)
            _due.Add(host);
    }

    private void Settle(long floor)
    {
        _floor = Math.Max(_floor, floor);
        if (_waiting.Count == 0)
            return;

        var rows = _waiting;
        _waiting = [];
        rows.Sort((left, right) => left.First.CompareTo(right.First));
        foreach (var row in rows)
            Take(row);
    }

    private void End(OwnHost host)
    {
        _hosts.Remove((host.Host, host.Answers));
        _due.Remove(host);
        _reports.Add(host.ToFinding(sensor, IsSimulated, ended: true));
    }
}

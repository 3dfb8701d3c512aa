using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Simulation.Addressing;
using Kizashi.Simulation.Frames;

namespace Kizashi.Simulation.Truth;

/// <summary>Keeps the truth of one component: lists its scans one by one and everything below the definition as one event.</summary>
internal sealed class Ledger(string kind, SimulatedWorld world, bool v6)
{
    private readonly List<Address> _sources = [];
    private readonly SortedSet<string> _ports = new(StringComparer.Ordinal);
    private readonly HashSet<PortName> _portSet = [];
    private readonly DarkSpace _dark = world.Dark(v6);
    private long _sourceCount;
    private long _packets;
    private long _firstMillis = long.MaxValue;
    private long _lastMillis = long.MinValue;

    /// <summary>The next dark address of a walk, with the packet counted.</summary>
    public Address Advance(ref Walk walk, in Walker walker, long timeMicros)
    {
        var millis = timeMicros / 1000;
        if (walk.Packets > 0 && millis - walk.LastMillis > ScanDefinition.IdleMillis(v6))
            Close(ref walk, walker);

        if (walk.Packets == 0)
        {
            walk.FirstMillis = millis;
            walk.First = walk.Next;
        }

        walk.LastMillis = millis;
        walk.Packets++;
        var number = walk.Next;
        walk.Next = number + walker.Step;
        if (walk.Next >= _dark.Size)
            walk.Next -= _dark.Size;

        return _dark.At(number);
    }

    /// <summary>Judges the event that goes on, if any, and starts anew.</summary>
    public void Close(ref Walk walk, in Walker walker)
    {
        if (walk.Packets == 0)
            return;

        // A walk comes back to an address only after all others.
        var destinations = Math.Min(walk.Packets, _dark.Size);
        if (world.Scans.IsScan(v6, walk.Packets, destinations, walk.LastMillis - walk.FirstMillis))
        {
            List(walk, walker, (long)destinations);
            world.Days.TakeScan(walker.Source, destinations, walk);
        }
        else if (!walker.Overlaps)
        {
            Sum(walker.Source, walker.Port, ref walk);
        }

        walk.Packets = 0;
    }

    /// <summary>Adds packets that are no scan by construction.</summary>
    public void Sum(Address source, PortName port, ref Walk walk)
    {
        _packets += walk.Packets;
        _firstMillis = Math.Min(_firstMillis, walk.FirstMillis);
        _lastMillis = Math.Max(_lastMillis, walk.LastMillis);
        AddPort(port);
        if (walk.Summed)
            return;

        walk.Summed = true;
        _sourceCount++;
        if (_sources.Count < TruthEvent.MostListed)
            _sources.Add(source);
    }

    /// <summary>Writes the event of everything below the definition.</summary>
    public void Finish()
    {
        if (_packets == 0)
            return;

        world.Truth.Add(new TruthEvent
        {
            Kind = kind,
            Sources = [.. _sources],
            SourceCount = _sourceCount,
            Ports = [.. _ports],
            Start = DateTimeOffset.FromUnixTimeMilliseconds(_firstMillis),
            End = DateTimeOffset.FromUnixTimeMilliseconds(_lastMillis),
            Packets = _packets,
        });
    }

    private void AddPort(PortName port)
    {
        if (_portSet.Add(port))
            _ports.Add(port.Text);
    }

    private void List(in Walk walk, in Walker walker, long destinations)
    {
        var targets = new Address[Math.Min(destinations, TruthEvent.MostListed)];
        var number = walk.First;
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = _dark.At(number);
            number = (number + walker.Step) % _dark.Size;
        }

        world.Truth.Add(new TruthEvent
        {
            Kind = kind,
            Sources = [walker.Source],
            SourceCount = 1,
            Targets = targets,
            TargetCount = destinations,
            Ports = [walker.Port.Text],
            Start = DateTimeOffset.FromUnixTimeMilliseconds(walk.FirstMillis),
            End = DateTimeOffset.FromUnixTimeMilliseconds(walk.LastMillis),
            Packets = walk.Packets,
            ExpectedAlert = EventCatalog.DarknetScan,
            Overlaps = walker.Overlaps,
        });
    }
}

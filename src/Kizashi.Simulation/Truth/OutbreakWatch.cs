using System.Collections;
using Kizashi.Core.Addresses;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Truth;

/// <summary>Keeps the truth of one outbreak before one sensor: its growth, and from when it counts.</summary>
internal sealed class OutbreakWatch(string sensor, Outbreak outbreak)
{
    private const long TenMinutes = 600_000_000;

    private readonly OutbreakWindows _short = new(TenMinutes, outbreak.Population, OutbreakTruth.MostListed);
    private readonly OutbreakWindows _long = new(3 * TenMinutes, outbreak.Population, most: 0);
    private readonly BitArray _seen = new(outbreak.Population);
    private long _packets;
    private int _hosts;
    private long _first;
    private long _last;

    /// <summary>Counts a packet that the sensor gets.</summary>
    /// <param name="host">Number of the infected host.</param>
    /// <param name="source">Its address.</param>
    /// <param name="micros">Recorded time.</param>
    public void Count(int host, Address source, long micros)
    {
        if (_packets++ == 0)
            _first = micros;

        _last = Math.Max(_last, micros);
        if (!_seen[host])
        {
            _seen[host] = true;
            _hosts++;
        }

        _short.Count(host, source, micros);
        _long.Count(host, source, micros);
    }

    /// <summary>The scenario is over: tells what there was, if anything.</summary>
    public void Tell(ITruthSink truth)
    {
        if (_packets == 0)
            return;

        _short.Close();
        _long.Close();
        truth.Add(new TruthEvent
        {
            Kind = "growth",
            SourceCount = _hosts,
            Ports = [.. outbreak.Ports],
            Start = DateTimeOffset.FromUnixTimeMilliseconds(_first / 1000),
            End = DateTimeOffset.FromUnixTimeMilliseconds(_last / 1000),
            Packets = _packets,
            Overlaps = true,
            Outbreak = new OutbreakTruth
            {
                Sensor = sensor,
                CountsFrom = _short.CountsFrom,
                CountsFromHalfHour = _long.CountsFrom,
                Strength = _short.Strength,
                HalfHourStrength = _long.Strength,
                Hosts = _hosts,
                Windows = _short.Closed,
            },
        });
    }
}

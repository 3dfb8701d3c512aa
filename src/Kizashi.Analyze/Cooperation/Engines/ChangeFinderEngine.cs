using System.Numerics;
using Kizashi.Analyze.ChangePoints;
using Kizashi.Analyze.Cooperation.Activity;
using Kizashi.Analyze.State;
using Kizashi.Core.Sensors;

namespace Kizashi.Analyze.Cooperation.Engines;

/// <summary>ChangeFinder over the busy ports, and over all of them together.</summary>
/// <remarks>Destinations of a port are counted linearly in 64 bits (Whang et al. 1990), so at most about 270 are told apart.</remarks>
internal sealed class ChangeFinderEngine : IWindowEngine
{
    private const int MostPorts = 256;
    private const int LeastGroups = 8;
    private const uint AllPorts = 0;

    private readonly SortedDictionary<uint, (JointChangeFinder Finder, long Last)> _ports = [];

    public string Name => EngineNames.ChangeFinder;

    public EngineStatus Status { get; private set; } = new(EngineNames.ChangeFinder, null, EngineConditions.ShortHistory, 0, 0);

    public void Take(long minute, ReadOnlySpan<MinuteContact> contacts)
    {
    }

    public IReadOnlyList<EngineAlarm> Judge(WindowView window)
    {
        if (!window.IsWhole)
        {
            Status = Status with { WindowEnd = window.End, Condition = window.Conditions[0] };
            return [];
        }

        var counts = Count(window);
        var givenUp = Admit(counts, window.Number);
        var alarms = new List<EngineAlarm>();
        foreach (var (port, (finder, last)) in _ports.ToArray())
        {
            var (packets, hosts, destinations, groups) = counts.GetValueOrDefault(port);
            _ports[port] = (finder, groups > 0 ? window.Number : last);
            var score = finder.Update(packets, hosts, BitOperations.PopCount(destinations));
            if (score <= ChangeFinder.Threshold || port == AllPorts)
                continue;

            alarms.Add(new EngineAlarm(
                Name, window.End.ToUnixTimeMilliseconds(), [port], [], score / ChangeFinder.Threshold));
        }

        Status = new EngineStatus(Name, window.End, "", Status.Alarms + alarms.Count, Status.GivenUp + givenUp);
        return alarms;
    }

    public void Save(StateWriter writer)
    {
        writer.SaveStatus(Status);
        writer.WriteSpan<uint>([.. _ports.Keys]);
        foreach (var (finder, last) in _ports.Values)
        {
            writer.Write(last);
            finder.Save(writer);
        }
    }

    public void Load(StateReader reader)
    {
        Status = reader.LoadStatus(Name);
        foreach (var port in reader.ReadSpan<uint>(MostPorts + 1))
        {
            var last = reader.Read<long>();
            var finder = new JointChangeFinder();
            finder.Load(reader);
            _ports[port] = (finder, last);
        }
    }

    private static Dictionary<uint, (double Packets, double Hosts, ulong Destinations, int Groups)> Count(WindowView window)
    {
        var counts = new Dictionary<uint, (double Packets, double Hosts, ulong Destinations, int Groups)>();
        foreach (ref readonly var activity in window.Activities.AsSpan())
        {
            if (new PacketShape(activity.Shape).IsSurvey)
                continue;

            Add(counts, activity.Port, activity);
            Add(counts, AllPorts, activity);
        }

        return counts;
    }

    private static void Add(
        Dictionary<uint, (double Packets, double Hosts, ulong Destinations, int Groups)> counts, uint port, in GroupActivity activity)
    {
        var (packets, hosts, destinations, groups) = counts.GetValueOrDefault(port);
        counts[port] = (
            packets + activity.Packets, hosts + activity.HostCount, destinations | activity.Destinations, groups + 1);
    }

    // A port that was not followed had next to nothing; the one quiet for longest makes room.
    private int Admit(Dictionary<uint, (double Packets, double Hosts, ulong Destinations, int Groups)> counts, long window)
    {
        var givenUp = 0;
        foreach (var (port, count) in counts.OrderByDescending(pair => pair.Value.Groups).ThenBy(pair => pair.Key))
        {
            if (count.Groups < LeastGroups || _ports.ContainsKey(port))
                continue;

            if (_ports.Count > MostPorts)
            {
                givenUp++;
                var oldest = _ports.Where(pair => pair.Key != AllPorts).MinBy(pair => (pair.Value.Last, pair.Key));
                if (oldest.Value.Last >= window - 1)
                    continue;

                _ports.Remove(oldest.Key);
            }

            _ports[port] = (new JointChangeFinder(), window);
        }

        return givenUp;
    }
}

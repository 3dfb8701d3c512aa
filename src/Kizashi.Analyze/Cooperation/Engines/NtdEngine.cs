using Kizashi.Analyze.Cooperation.Factorization;
using Kizashi.Analyze.State;
using Kizashi.Core.Sensors;

namespace Kizashi.Analyze.Cooperation.Engines;

/// <summary>Dark-NTD on windows of thirty minutes aligned to UTC: minutes, groups and ports.</summary>
internal sealed class NtdEngine : IWindowEngine
{
    private const int MostCells = 1 << 20;
    private const uint LeastPackets = 2;
    private const double LeastScore = 0.5;

    private readonly DarkNtd _ntd = new();
    private readonly List<Cell> _cells = [];
    private readonly HalfHour _half = new();
    private long _givenUp;

    public string Name => EngineNames.Ntd;

    public EngineStatus Status { get; private set; } = new(EngineNames.Ntd, null, EngineConditions.ShortHistory, 0, 0);

    public void Take(long minute, ReadOnlySpan<MinuteContact> contacts)
    {
        if (_half.Begins(minute))
            _cells.Clear();

        var sums = new Dictionary<(ulong Group, uint Port), uint>();
        foreach (ref readonly var contact in contacts)
        {
            var key = (contact.Group, contact.Activity.Port);
            sums[key] = sums.GetValueOrDefault(key) + contact.Activity.Slots.Sum;
        }

        foreach (var (key, packets) in sums.Where(pair => pair.Value >= LeastPackets).OrderBy(pair => pair.Key))
        {
            if (_cells.Count < MostCells)
                _cells.Add(new Cell(key.Group, key.Port, packets, (byte)(minute % HalfHour.Minutes)));
            else
                _givenUp++;
        }
    }

    public IReadOnlyList<EngineAlarm> Judge(WindowView window)
    {
        if (_half.End(window) is not { } isWhole)
            return [];

        var alarms = isWhole ? Decompose(window) : [];
        if (!isWhole)
            Status = Status with { WindowEnd = window.End, Condition = EngineConditions.Gap, GivenUp = _givenUp };

        _cells.Clear();
        return alarms;
    }

    public void Save(StateWriter writer)
    {
        writer.SaveStatus(Status);
        _half.Save(writer);
        writer.Write(_givenUp);
        writer.WriteSpan<Cell>([.. _cells]);
    }

    public void Load(StateReader reader)
    {
        Status = reader.LoadStatus(Name);
        _half.Load(reader);
        _givenUp = reader.Read<long>();
        _cells.AddRange(reader.ReadSpan<Cell>(MostCells));
        if (_cells.Exists(cell => cell.Minute >= HalfHour.Minutes))
            throw new InvalidDataException("a cell outside of its window");
    }

    private List<EngineAlarm> Decompose(WindowView window)
    {
        var groups = _cells.Select(cell => cell.Group).Distinct().Order().ToArray();
        var ports = _cells.Select(cell => cell.Port).Distinct().Order().ToArray();
        var cells = _cells.ConvertAll(cell => new TensorCell(
            cell.Minute, Array.BinarySearch(groups, cell.Group), Array.BinarySearch(ports, cell.Port), cell.Packets));
        var verdict = _ntd.Judge(SparseTensor.Of((HalfHour.Minutes, groups.Length, ports.Length), [.. cells]));
        var condition = verdict.Converged ? "" : EngineConditions.NotConverged;
        var alarms = verdict.Components.Where(component => component.Score >= LeastScore)
            .Select(component => new EngineAlarm(
                Name,
                window.End.ToUnixTimeMilliseconds(),
                [.. component.Ports.Select(port => ports[port])],
                [.. component.Groups.Select(group => groups[group])],
                component.Score / LeastScore)
            {
                Condition = condition,
            })
            .ToList();
        Status = new EngineStatus(Name, window.End, condition, Status.Alarms + alarms.Count, _givenUp);
        return alarms;
    }

    private readonly record struct Cell(ulong Group, uint Port, uint Packets, byte Minute);
}

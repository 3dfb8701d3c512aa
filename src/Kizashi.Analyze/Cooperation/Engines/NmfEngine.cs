using Kizashi.Analyze.Cooperation.Factorization;
using Kizashi.Analyze.State;
using Kizashi.Core.Sensors;

namespace Kizashi.Analyze.Cooperation.Engines;

/// <summary>Dark-NMF on windows of thirty minutes aligned to UTC, 30 samples of a minute.</summary>
internal sealed class NmfEngine : IWindowEngine
{
    private const int MostGroups = 1 << 16;
    private const double PortShare = 0.3;
    private const int PortGroups = 2;
    private const double LeastScore = 0.5;

    private readonly DarkNmf _nmf = new();
    private readonly GroupSeries _series = new(HalfHour.Minutes, MostGroups);
    private readonly HalfHour _half = new();

    public string Name => EngineNames.Nmf;

    public EngineStatus Status { get; private set; } = new(EngineNames.Nmf, null, EngineConditions.ShortHistory, 0, 0);

    public void Take(long minute, ReadOnlySpan<MinuteContact> contacts)
    {
        if (_half.Begins(minute))
            _series.Take();

        foreach (ref readonly var contact in contacts)
            _series.Add(contact.Group, (int)(minute % HalfHour.Minutes), contact.Activity.Slots.Sum);
    }

    public IReadOnlyList<EngineAlarm> Judge(WindowView window)
    {
        if (_half.End(window) is not { } isWhole)
            return [];

        var (counts, groups) = _series.Take();
        if (!isWhole)
        {
            Status = Status with { WindowEnd = window.End, Condition = EngineConditions.Gap, GivenUp = _series.GivenUp };
            return [];
        }

        var verdict = _nmf.Judge(counts, groups.Length);
        var condition = verdict.Converged ? "" : EngineConditions.NotConverged;
        var alarms = new List<EngineAlarm>();
        foreach (var found in verdict.Groups.Where(group => group.Score >= LeastScore))
        {
            var members = found.Columns.Select(column => groups[column]).ToHashSet();
            var ports = SharedPorts.Of(window, members, PortShare, PortGroups);
            if (ports.Count == 0)
                continue;

            alarms.Add(new EngineAlarm(
                Name, window.End.ToUnixTimeMilliseconds(), ports, [.. members.Order()], found.Score / LeastScore)
            {
                Condition = condition,
            });
        }

        Status = new EngineStatus(Name, window.End, condition, Status.Alarms + alarms.Count, _series.GivenUp);
        return alarms;
    }

    public void Save(StateWriter writer)
    {
        writer.SaveStatus(Status);
        _half.Save(writer);
        _series.Save(writer);
    }

    public void Load(StateReader reader)
    {
        Status = reader.LoadStatus(Name);
        _half.Load(reader);
        _series.Load(reader);
    }
}

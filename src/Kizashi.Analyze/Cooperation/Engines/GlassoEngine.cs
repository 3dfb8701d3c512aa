using Kizashi.Analyze.Cooperation.Activity;
using Kizashi.Analyze.Cooperation.Glasso;
using Kizashi.Analyze.State;
using Kizashi.Core.Sensors;

namespace Kizashi.Analyze.Cooperation.Engines;

/// <summary>Dark-GLASSO on windows of ten minutes, 12 samples of 50 seconds.</summary>
internal sealed class GlassoEngine : IWindowEngine
{
    private const int Samples = 12;
    private const int SlotsPerSample = 5;
    private const int MostGroups = 1 << 16;
    private const double PortShare = 0.1;
    private const int PortGroups = 20;
    private const int MostBonds = 128;

    private readonly DarkGlasso _glasso = new(new DarkGlassoOptions());
    private readonly GroupSeries _series = new(Samples, MostGroups);

    public string Name => EngineNames.Glasso;

    public EngineStatus Status { get; private set; } = new(EngineNames.Glasso, null, EngineConditions.ShortHistory, 0, 0);

    public void Take(long minute, ReadOnlySpan<MinuteContact> contacts)
    {
        foreach (ref readonly var contact in contacts)
        {
            for (var slot = 0; slot < SixSlots.Slots; slot++)
            {
                if (contact.Activity.Slots[slot] is var packets and > 0)
                    _series.Add(contact.Group, (int)(((minute % 10) * SixSlots.Slots) + slot) / SlotsPerSample, packets);
            }
        }
    }

    public IReadOnlyList<EngineAlarm> Judge(WindowView window)
    {
        var (counts, groups) = _series.Take();
        if (!window.IsWhole)
        {
            Status = Status with { WindowEnd = window.End, Condition = window.Conditions[0], GivenUp = _series.GivenUp };
            return [];
        }

        var verdict = _glasso.Judge(window.Number, counts, groups.Length);
        var condition = Text(verdict.Condition);
        var linked = verdict.Linked.Select(column => groups[column]).ToHashSet();
        var ports = verdict.IsOutlier ? SharedPorts.Of(window, linked, PortShare, PortGroups) : [];
        Status = new EngineStatus(
            Name, window.End, condition, Status.Alarms + (verdict.IsOutlier ? 1 : 0), _series.GivenUp);
        if (ports.Count == 0)
            return [];

        return
        [
            new EngineAlarm(Name, window.End.ToUnixTimeMilliseconds(), ports, [.. linked.Order()], verdict.Score)
            {
                Condition = condition,
                Bonds =
                [
                    .. verdict.Edges.OrderByDescending(edge => Math.Abs(edge.Partial)).Take(MostBonds)
                        .Select(edge => new GroupBond(groups[edge.First], groups[edge.Second], (float)Math.Abs(edge.Partial))),
                ],
            },
        ];
    }

    public void Save(StateWriter writer)
    {
        writer.SaveStatus(Status);
        _series.Save(writer);
        _glasso.Save(writer);
    }

    public void Load(StateReader reader)
    {
        Status = reader.LoadStatus(Name);
        _series.Load(reader);
        _glasso.Load(reader);
    }

    private static string Text(GlassoCondition condition) => condition switch
    {
        GlassoCondition.Provisional or GlassoCondition.ShortHistory => EngineConditions.ShortHistory,
        GlassoCondition.NotConverged => EngineConditions.NotConverged,
        GlassoCondition.OutOfOrder => EngineConditions.OutOfOrder,
        _ => "",
    };
}

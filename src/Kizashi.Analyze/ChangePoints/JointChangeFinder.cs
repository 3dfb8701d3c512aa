using Kizashi.Analyze.State;

namespace Kizashi.Analyze.ChangePoints;

/// <summary>ChangeFinder on packets, hosts and destinations of one thing.</summary>
internal sealed class JointChangeFinder
{
    private readonly ChangeFinder[] _series = [new(), new(), new()];

    /// <summary>
    /// Takes one window's counts. The joint score is the largest of the three: a change in any is one, as in the union
    /// of Dark-TRACER.
    /// </summary>
    public double Update(double packets, double hosts, double destinations) => Math.Max(
        _series[0].Update(packets), Math.Max(_series[1].Update(hosts), _series[2].Update(destinations)));

    public void Save(StateWriter writer)
    {
        foreach (var series in _series)
            series.Save(writer);
    }

    public void Load(StateReader reader)
    {
        foreach (var series in _series)
            series.Load(reader);
    }
}

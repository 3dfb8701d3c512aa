using System.Globalization;
using Kizashi.Analyze.State;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Gaps;

/// <summary>Joins minutes that lost too large a share of their packets to gaps.</summary>
internal sealed class LossWatch(GapOptions options, string sensor)
{
    private long _from = -1;
    private long _to;
    private long _all;
    private long _lost;

    /// <summary>Takes a minute that is over; minutes come in order, those without any packets are left out.</summary>
    public IEnumerable<SensorGapFinding> Take(long minute, long all, long lost)
    {
        var isLossy = lost >= options.MinLost && lost > options.LossShare * all;
        if (_from >= 0 && (!isLossy || minute > _to))
            yield return End();

        if (!isLossy)
            yield break;

        if (_from < 0)
            (_from, _all, _lost) = (minute, 0, 0);

        _to = minute + 1;
        _all += all;
        _lost += lost;
        yield return Say(ended: false);
    }

    public SensorGapFinding? Finish() => _from >= 0 ? End() : null;

    public void Save(StateWriter writer)
    {
        writer.Write(_from);
        writer.Write(_to);
        writer.Write(_all);
        writer.Write(_lost);
    }

    public void Load(StateReader reader)
    {
        _from = reader.Read<long>();
        _to = reader.Read<long>();
        _all = reader.Read<long>();
        _lost = reader.Read<long>();
    }

    private SensorGapFinding End()
    {
        var finding = Say(ended: true);
        _from = -1;
        return finding;
    }

    private SensorGapFinding Say(bool ended)
    {
        var share = (100.0 * _lost / _all).ToString("0.##", CultureInfo.InvariantCulture);
        return new SensorGapFinding
        {
            EventId = EventIds.Of(sensor, "loss", (ulong)_from),
            State = ended ? FindingState.Ended : FindingState.Ongoing,
            FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(_from * GapAnalyzer.MinuteMillis),
            LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(_to * GapAnalyzer.MinuteMillis),
            Sensor = sensor,
            Score = Math.Max(1, _lost / (options.LossShare * _all)),
            Reason = $"Lost {_lost} of {_all} packets ({share} %) to drops or lateness.",
            Lost = _lost,
        };
    }
}

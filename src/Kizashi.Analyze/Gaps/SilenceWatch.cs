using System.Globalization;
using Kizashi.Analyze.State;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Gaps;

/// <summary>Holds a silence for a gap when it is too long to be luck.</summary>
/// <remarks>
/// Were packets a Poisson process of rate r, a silence of length t has probability e^(-rt). r is the low rate of the
/// last hour, so a sensor with quiet minutes never has a gap by silence.
/// </remarks>
internal sealed class SilenceWatch(GapOptions options, string sensor)
{
    private readonly RecentRate _rate = new();
    private long _lastPacket;
    private long _minute = -1;
    private long _minutePackets;
    private bool _isWhole;
    private bool _isOpen;

    private long _heard;

    /// <summary>Takes the next slot that has packets.</summary>
    public SensorGapFinding? Take(SlotActivity slot)
    {
        var gap = IsGap(slot.First) ? Say(slot.First, ended: true) : null;
        _isOpen = false;
        var minute = slot.First / GapAnalyzer.MinuteMillis;
        if (minute != _minute)
            Turn(minute, gap is not null);

        _minutePackets += slot.Packets;
        _lastPacket = Math.Max(_lastPacket, slot.Last);
        return gap;
    }

    /// <summary>No packet has come up to the time since the last slot taken.</summary>
    public SensorGapFinding? Wait(long watermark)
    {
        _heard = Math.Max(_heard, watermark);
        if (_isOpen || !IsGap(watermark))
            return null;

        _isOpen = true;
        return Say(watermark, ended: false);
    }

    public SensorGapFinding? Finish()
    {
        var isOpen = _isOpen;
        _isOpen = false;
        return isOpen ? Say(_heard, ended: true) : null;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_lastPacket);
        writer.Write(_minute);
        writer.Write(_minutePackets);
        writer.Write(_isWhole);
        writer.Write(_isOpen);
        writer.Write(_heard);
        _rate.Save(writer);
    }

    public void Load(StateReader reader)
    {
        _lastPacket = reader.Read<long>();
        _minute = reader.Read<long>();
        _minutePackets = reader.Read<long>();
        _isWhole = reader.Read<bool>();
        _isOpen = reader.Read<bool>();
        _heard = reader.Read<long>();
        _rate.Load(reader);
    }

    private double Expected(long until) => _rate.Low * (double)(until - _lastPacket) / GapAnalyzer.MinuteMillis;

    private bool IsGap(long until) =>
        _lastPacket > 0
        && until - _lastPacket >= 1000L * options.MinSilenceSeconds
        && _rate.Count >= options.MinHistoryMinutes
        && Math.Exp(-Expected(until)) < options.Probability;

    // The first minute heard, and those at the edges of a gap, are not whole and say nothing of the rate.
    private void Turn(long minute, bool afterGap)
    {
        if (_minute >= 0 && _isWhole && !afterGap)
            _rate.Add(_minutePackets);

        if (_minute >= 0 && !afterGap)
            _rate.AddSilence(minute - _minute - 1);

        _isWhole = _minute >= 0 && !afterGap;
        (_minute, _minutePackets) = (minute, 0);
    }

    private SensorGapFinding Say(long until, bool ended)
    {
        var minutes = ((until - _lastPacket) / 60_000.0).ToString("0.#", CultureInfo.InvariantCulture);
        return new SensorGapFinding
        {
            EventId = EventIds.Of(sensor, "silence", (ulong)_lastPacket),
            State = ended ? FindingState.Ended : FindingState.Ongoing,
            FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(_lastPacket),
            LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(until),
            Sensor = sensor,
            Score = Math.Max(1, Expected(until) / -Math.Log(options.Probability)),
            Reason = $"Silent for {minutes} minutes where at least {_rate.Low} packets a minute came before.",
        };
    }
}

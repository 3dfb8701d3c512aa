namespace Kizashi.Observe.Tests.Telescope.Responder;

/// <summary>A clock that only the test moves.</summary>
internal sealed class HandClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Move(TimeSpan by) => _ticks += by.Ticks;
}

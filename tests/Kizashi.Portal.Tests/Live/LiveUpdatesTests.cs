using Kizashi.Core.Pipeline;
using Kizashi.Portal.Live;
using Kizashi.Portal.Tests.Doubles;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Portal.Tests.Live;

public sealed class LiveUpdatesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryFeed _feed = new();
    private readonly Presence _presence = new();
    private readonly LiveUpdates _live;
    private readonly List<LiveChanges> _arrived = [];

    public LiveUpdatesTests()
    {
        _live = new LiveUpdates(_feed, _time, _presence);
        _live.Arrived += _arrived.Add;
        _live.Start();
    }

    public void Dispose() => _live.Dispose();

    [Fact]
    public void A_thousand_changes_in_a_second_arrive_as_two()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _feed.Publish(Change());
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(2, _arrived.Count);
    }

    [Fact]
    public void A_change_arrives_within_half_a_second()
    {
        _feed.Publish(Change());
        _time.Advance(LiveUpdates.Pace);
        Assert.True(Assert.Single(_arrived).Alerts);
    }

    [Fact]
    public void A_hidden_tab_is_left_alone_and_told_when_it_is_seen_again()
    {
        _presence.Report(visible: false, atTop: true);
        _feed.Publish(Change());
        _feed.Publish(new StoreChanged("full"));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(_arrived);

        _presence.Report(visible: true, atTop: true);
        Assert.Equal((true, true), (Assert.Single(_arrived).Alerts, _arrived[0].Store));
    }

    [Fact]
    public void Of_a_sensor_only_the_newest_status_arrives()
    {
        foreach (var rate in new[] { 1.0, 2.0, 3.0 })
            _feed.Publish(new SensorTick(Invented.Sensors(_time.GetUtcNow()).First() with { PacketsPerSecond = rate }));
        _time.Advance(LiveUpdates.Pace);
        Assert.Equal(3.0, Assert.Single(Assert.Single(_arrived).Sensors).PacketsPerSecond);
    }

    [Fact]
    public void A_closed_page_stops_listening()
    {
        _live.Dispose();
        Assert.Equal(0, _feed.Listeners);
    }

    private AlertChanged Change() => new(Invented.Gap(_time.GetUtcNow()), IsNew: true);
}

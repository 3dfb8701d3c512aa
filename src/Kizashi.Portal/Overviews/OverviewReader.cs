using System.Collections.Concurrent;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;

namespace Kizashi.Portal.Overviews;

/// <summary>
/// Asks the store what the overview shows; readers who look at the same range within seconds share one answer.
/// </summary>
internal sealed class OverviewReader : IDisposable
{
    private const int MostSeries = 8;
    private const int MostPorts = 8;
    private const int MostAlerts = 5;

    /// <summary>Fixed ranges are the reader's to choose, so the table of answers is bounded.</summary>
    private const int MostAnswers = 64;

    private static readonly TimeSpan AlertsAge = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<RangeChoice, Answer> _answers = new();
    private readonly IObservationStore _observations;
    private readonly IAlertStore _alerts;
    private readonly ISensorRegistry _sensors;
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;
    private OverviewAlerts? _read;
    private DateTimeOffset _readAt;
    private long _changes;
    private long _readChanges;

    public OverviewReader(
        IObservationStore observations, IAlertStore alerts, ISensorRegistry sensors, ILiveFeed feed, TimeProvider time)
    {
        (_observations, _alerts, _sensors, _time) = (observations, alerts, sensors, time);
        _subscription = feed.Subscribe(Notice);
    }

    public void Dispose() => _subscription.Dispose();

    /// <param name="choice">The range.</param>
    /// <param name="maximumAge">An answer this old will do.</param>
    public Task<OverviewView> ReadAsync(RangeChoice choice, TimeSpan maximumAge)
    {
        var now = _time.GetUtcNow();
        if (_answers.TryGetValue(choice, out var answer) && !answer.View.IsFaulted && now - answer.At <= maximumAge)
            return answer.View;

        if (_answers.Count >= MostAnswers)
            _answers.Clear();

        var asked = new Answer(now, AskAsync(choice, now));
        _answers[choice] = asked;
        return asked.View;
    }

    /// <summary>Only the alerts; asked of the store once for each change, however many readers look.</summary>
    public OverviewAlerts ReadAlerts()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var changes = Interlocked.Read(ref _changes);
            if (_read is not null && changes == _readChanges && now - _readAt < AlertsAge)
                return _read;

            (_read, _readAt, _readChanges) = (AskAlerts(), now, changes);
            return _read;
        }
    }

    private void Notice(LiveEvent change)
    {
        if (change is AlertChanged)
            Interlocked.Increment(ref _changes);
    }

    private OverviewAlerts AskAlerts()
    {
        var anchor = RangeChoice.Anchor(_observations.Statistics.Latest, _time.GetUtcNow());
        var open = new Dictionary<Severity, long>();
        var above = 0L;
        foreach (var severity in Enum.GetValues<Severity>().OrderDescending())
        {
            var atLeast = _alerts.Count(new AlertQuery { AtLeast = severity, Open = true });
            open[severity] = Math.Max(0, atLeast - above);
            above = atLeast;
        }

        return new OverviewAlerts(
            _alerts.Query(new AlertQuery { Most = MostAlerts }),
            open,
            _alerts.Count(new AlertQuery { From = anchor - TimeSpan.FromHours(1) }));
    }

    private async Task<OverviewView> AskAsync(RangeChoice choice, DateTimeOffset now)
    {
        // Off the circuit's thread: a store may answer synchronously.
        await Task.Yield();
        var statistics = _observations.Statistics;
        var anchor = RangeChoice.Anchor(statistics.Latest, now);
        var range = choice.Resolve(anchor);
        var names = _sensors.All.Select(sensor => sensor.Name).Order(StringComparer.Ordinal).ToList();
        if (names.Count is 0 or > MostSeries)
            names = [""];

        var ports = _observations.PortsAsync(range, MostPorts, rising: true, CancellationToken.None);
        var countries = _observations.CountriesAsync(range, CancellationToken.None);
        var gaps = _observations.GapsAsync(range, CancellationToken.None);
        var series = names.Select(name => SeriesAsync(name, range, choice.Bucket)).ToList();
        var newest = ReadAlerts();
        return new OverviewView
        {
            Choice = choice,
            Range = range,
            Anchor = anchor,
            IsPast = anchor != now,
            Series = await Task.WhenAll(series),
            Ports = await ports,
            Countries = await countries,
            Gaps = await gaps,
            Alerts = newest,
            Statistics = statistics,
        };
    }

    private async Task<SensorSeries> SeriesAsync(string sensor, TimeRange range, TimeSpan bucket) =>
        new(sensor, await _observations.SeriesAsync(
            range, bucket, sensor.Length == 0 ? null : sensor, CancellationToken.None));

    private sealed record Answer(DateTimeOffset At, Task<OverviewView> View);
}

using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;

namespace Kizashi.Portal.Live;

/// <summary>
/// What changed for one open page, gathered and handed over at most twice a second, and not at all while its tab is
/// hidden.
/// </summary>
internal sealed class LiveUpdates : IDisposable
{
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly ILiveFeed _feed;
    private readonly TimeProvider _time;
    private readonly Presence _presence;
    private readonly Dictionary<string, SensorStatus> _sensors = new(StringComparer.Ordinal);
    private IDisposable? _subscription;
    private ITimer? _timer;
    private bool _alerts;
    private bool _store;

    public LiveUpdates(ILiveFeed feed, TimeProvider time, Presence presence)
    {
        (_feed, _time, _presence) = (feed, time, presence);
        presence.Changed += Wake;
    }

    /// <summary>Raised on a timer's thread.</summary>
    public event Action<LiveChanges>? Arrived;

    /// <summary>Pages call it once they are interactive; calling again does nothing.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _subscription ??= _feed.Subscribe(Take);
            _timer ??= _time.CreateTimer(_ => Flush(), null, Pace, Pace);
        }
    }

    public void Dispose()
    {
        _presence.Changed -= Wake;
        lock (_gate)
        {
            _subscription?.Dispose();
            _timer?.Dispose();
        }
    }

    private void Wake()
    {
        if (_timer is not null)
            Flush();
    }

    private void Take(LiveEvent change)
    {
        lock (_gate)
        {
            switch (change)
            {
                case AlertChanged:
                    _alerts = true;
                    break;
                case SensorTick tick:
                    _sensors[tick.Status.Name] = tick.Status;
                    break;
                case StoreChanged:
                    _store = true;
                    break;
            }
        }
    }

    private void Flush()
    {
        if (!_presence.IsVisible)
            return;

        LiveChanges changes;
        lock (_gate)
        {
            if (!_alerts && !_store && _sensors.Count == 0)
                return;

            changes = new LiveChanges(_alerts, _store, [.. _sensors.Values]);
            _alerts = _store = false;
            _sensors.Clear();
        }

        Arrived?.Invoke(changes);
    }
}

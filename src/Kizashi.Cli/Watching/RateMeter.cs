namespace Kizashi.Cli.Watching;

/// <summary>A rate over the last few seconds of a count that only grows.</summary>
internal sealed class RateMeter(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private readonly Queue<(long Timestamp, long Count)> _points = new();
    private readonly Lock _gate = new();
    private (long Timestamp, long Count) _last;

    public double PerSecond
    {
        get
        {
            lock (_gate)
            {
                if (!_points.TryPeek(out var first) || first.Timestamp == _last.Timestamp)
                    return 0;

                return (_last.Count - first.Count) / time.GetElapsedTime(first.Timestamp, _last.Timestamp).TotalSeconds;
            }
        }
    }

    public void Add(long count)
    {
        lock (_gate)
        {
            _last = (time.GetTimestamp(), count);
            _points.Enqueue(_last);
            while (_points.Count > 1 && time.GetElapsedTime(_points.Peek().Timestamp, _last.Timestamp) > Window)
                _points.Dequeue();
        }
    }
}

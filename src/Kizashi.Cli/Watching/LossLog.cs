namespace Kizashi.Cli.Watching;

/// <summary>Tells the log what a sensor loses: the first time at once, then each kind at most once a minute with what has gathered.</summary>
internal sealed class LossLog(ILogger log, string sensor, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Kept> _kinds = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <param name="kind">What is lost, from a fixed set of words.</param>
    /// <param name="gained">How much since the last call; 0 tells what is waiting when its time has come.</param>
    public void Note(string kind, long gained)
    {
        long waiting;
        lock (_gate)
        {
            var kept = _kinds.GetValueOrDefault(kind);
            waiting = kept.Waiting + gained;
            var isDue = kept.Told is not { } told || time.GetElapsedTime(told) >= Every;
            if (waiting == 0 || !isDue)
            {
                if (gained > 0)
                    _kinds[kind] = kept with { Waiting = waiting };

                return;
            }

            _kinds[kind] = new Kept(time.GetTimestamp(), 0);
        }

        SessionLog.Lost(log, sensor, waiting, kind);
    }

    private readonly record struct Kept(long? Told, long Waiting);
}

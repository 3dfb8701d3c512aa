namespace Kizashi.Portal.Access;

/// <summary>
/// Slows down guessing of passwords: after five failures a name or remote address waits, twice as long each time.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Names are chosen by whoever knocks, so the table is bounded; the oldest entry is given up.</summary>
    public const int MaximumEntries = 10_000;

    private const int FreeFailures = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly LinkedList<string> _age = [];

    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>How long to wait before another attempt counts; zero when it may be made now.</summary>
    public TimeSpan Wait(string name, string remote)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var until = Max(Until(Name(name)), Until(Remote(remote)));
            return until > now ? until - now : TimeSpan.Zero;
        }
    }

    public void Failed(string name, string remote)
    {
        lock (_gate)
        {
            CountFailure(Name(name));
            CountFailure(Remote(remote));
        }
    }

    public void Succeeded(string name, string remote)
    {
        lock (_gate)
        {
            Forget(Name(name));
            Forget(Remote(remote));
        }
    }

    private static string Name(string name) => "n:" + name.ToUpperInvariant();

    private static string Remote(string remote) => "r:" + remote;

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private DateTimeOffset Until(string key) =>
        _entries.TryGetValue(key, out var entry) ? entry.Until : DateTimeOffset.MinValue;

    private void CountFailure(string key)
    {
        var failures = _entries.TryGetValue(key, out var entry) ? entry.Failures + 1 : 1;
        Forget(key);
        if (_entries.Count >= MaximumEntries)
            Forget(_age.First!.Value);

        var wait = failures < FreeFailures
            ? TimeSpan.Zero
            : TimeSpan.FromTicks(Math.Min(
                LongestWait.Ticks, FirstWait.Ticks << Math.Min(failures - FreeFailures, 12)));
        _entries[key] = new Entry(failures, time.GetUtcNow() + wait, _age.AddLast(key));
    }

    private void Forget(string key)
    {
        if (_entries.Remove(key, out var entry))
            _age.Remove(entry.Node);
    }

    private readonly record struct Entry(int Failures, DateTimeOffset Until, LinkedListNode<string> Node);
}

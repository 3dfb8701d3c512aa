using Kizashi.Core.Pipeline;

namespace Kizashi.Warn.Tests.Doubles;

/// <summary>A live feed that remembers what was said.</summary>
internal sealed class ListeningFeed : ILiveFeed
{
    private readonly List<Action<LiveEvent>> _handlers = [];

    public List<AlertChanged> Heard { get; } = [];

    public IDisposable Subscribe(Action<LiveEvent> handler)
    {
        _handlers.Add(handler);
        return new Nothing();
    }

    public void Publish(LiveEvent change)
    {
        if (change is AlertChanged alert)
            Heard.Add(alert);

        foreach (var handler in _handlers)
            handler(change);
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}

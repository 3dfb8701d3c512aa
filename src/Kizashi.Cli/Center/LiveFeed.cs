using System.Collections.Immutable;
using Kizashi.Core.Pipeline;

namespace Kizashi.Cli.Center;

/// <summary>Hands every change to all listeners of this process.</summary>
internal sealed class LiveFeed : ILiveFeed
{
    private ImmutableArray<Action<LiveEvent>> _handlers = [];

    public IDisposable Subscribe(Action<LiveEvent> handler)
    {
        ImmutableInterlocked.Update(ref _handlers, handlers => handlers.Add(handler));
        return new Subscription(this, handler);
    }

    public void Publish(LiveEvent change)
    {
        foreach (var handler in _handlers)
            handler(change);
    }

    private sealed class Subscription(LiveFeed feed, Action<LiveEvent> handler) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref feed._handlers, handlers => handlers.Remove(handler));
    }
}

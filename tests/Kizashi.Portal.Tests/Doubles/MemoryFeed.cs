using System.Collections.Immutable;
using Kizashi.Core.Pipeline;

namespace Kizashi.Portal.Tests.Doubles;

/// <summary>A live feed that calls its listeners at once.</summary>
public sealed class MemoryFeed : ILiveFeed
{
    private ImmutableList<Action<LiveEvent>> _handlers = [];

    public int Listeners => _handlers.Count;

    public IDisposable Subscribe(Action<LiveEvent> handler)
    {
        ImmutableInterlocked.Update(ref _handlers, handlers => handlers.Add(handler));
        return new Subscription(() => ImmutableInterlocked.Update(ref _handlers, handlers => handlers.Remove(handler)));
    }

    public void Publish(LiveEvent change)
    {
        foreach (var handler in _handlers)
            handler(change);
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

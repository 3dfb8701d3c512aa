namespace Kizashi.Core.Pipeline;

/// <summary>Tells listeners what just changed. Handlers must be quick and must not throw; slow ones queue for themselves.</summary>
public interface ILiveFeed
{
    IDisposable Subscribe(Action<LiveEvent> handler);

    void Publish(LiveEvent change);
}

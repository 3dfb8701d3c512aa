namespace Kizashi.Core.Pipeline;

/// <summary>Something that just changed, pushed to open pages and followers.</summary>
public abstract record LiveEvent;

namespace Kizashi.Store.Embedded;

/// <summary>Another process holds the data directory.</summary>
public sealed class StoreLockedException : Exception
{
    public StoreLockedException()
    {
    }

    public StoreLockedException(string message)
        : base(message)
    {
    }

    public StoreLockedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The process that holds it, 0 if it left no number.</summary>
    public int HolderPid { get; init; }
}

namespace Kizashi.Store.Embedded;

/// <summary>The data directory was written by a newer Kizashi.</summary>
public sealed class StoreVersionException : Exception
{
    public StoreVersionException()
    {
    }

    public StoreVersionException(string message)
        : base(message)
    {
    }

    public StoreVersionException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

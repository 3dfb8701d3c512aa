namespace Kizashi.Observe.Telescope.Sources;

/// <summary>An interface cannot be listened to; the message says why and what to do.</summary>
public sealed class InterfaceException : IOException
{
    public InterfaceException()
    {
    }

    public InterfaceException(string message)
        : base(message)
    {
    }

    public InterfaceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

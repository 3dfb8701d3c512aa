namespace Kizashi.Link.Frames;

/// <summary>A stream of observations cannot be read on; the message says where and why.</summary>
public sealed class LinkException : IOException
{
    public LinkException()
    {
    }

    public LinkException(string message)
        : base(message)
    {
    }

    public LinkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Nothing is wrong but that it ends too soon.</summary>
    public bool IsCut { get; init; }
}

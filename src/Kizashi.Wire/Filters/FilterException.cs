namespace Kizashi.Wire.Filters;

/// <summary>A packet filter expression that cannot be used, with the reason for people.</summary>
public sealed class FilterException : Exception
{
    public FilterException(string message)
        : base(message)
    {
    }

    public FilterException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

namespace Kizashi.Observe.Reflectors.Sockets;

/// <summary>struct iovec.</summary>
internal unsafe struct IoVector
{
    public byte* Base;
    public nuint Length;
}

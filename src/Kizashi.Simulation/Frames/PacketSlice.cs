namespace Kizashi.Simulation.Frames;

/// <summary>A slice of time that generators fill with packets, in any order.</summary>
internal abstract class PacketSlice
{
    /// <summary>Start of the slice, microseconds since 1970.</summary>
    public long From { get; private set; }

    /// <summary>End of the slice, exclusive; at most 2^31 microseconds after its start.</summary>
    public long To { get; private set; }

    public int Count { get; protected set; }

    /// <summary>Forgets all packets and begins another slice.</summary>
    public virtual void Clear(long from, long to)
    {
        From = from;
        To = to;
        Count = 0;
    }

    public abstract void AddTcp(in Packet packet);

    public abstract void AddUdp(in Packet packet, ReadOnlySpan<byte> payload);

    /// <summary>Adds an echo request or reply with eight bytes of data.</summary>
    public abstract void AddEcho(in Packet packet);

    /// <summary>Adds an ICMP error that quotes the header of the packet it is about.</summary>
    public abstract void AddError(in Packet packet, in Packet quoted);
}

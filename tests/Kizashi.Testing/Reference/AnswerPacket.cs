using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;

namespace Kizashi.Testing.Reference;

/// <summary>One packet of backscatter, with whom it speaks of.</summary>
public sealed record AnswerPacket
{
    /// <summary>Milliseconds since 1970 UTC.</summary>
    public required long Millis { get; init; }

    public required Address Victim { get; init; }

    /// <summary>IANA number of the attack.</summary>
    public byte Protocol { get; init; } = 6;

    public ushort VictimPort { get; init; }

    public Address Destination { get; init; } = Address.FromV4(0xC0000201);

    public BackscatterReason Reason { get; init; } = BackscatterReason.SynAck;

    /// <summary>Bytes of the IP packet.</summary>
    public int Length { get; init; } = 40;

    public bool IsMismatch { get; init; }
}

namespace Kizashi.Core.Observations;

/// <summary>By which kind of answer a victim was seen; more than one may hold.</summary>
[Flags]
public enum BackscatterReason : byte
{
    None = 0,
    SynAck = 1,
    Rst = 2,
    IcmpReply = 4,
    IcmpError = 8,
}

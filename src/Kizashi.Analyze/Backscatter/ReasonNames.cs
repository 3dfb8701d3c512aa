using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Backscatter;

/// <summary>Names of <see cref="BackscatterReason"/> for findings.</summary>
internal static class ReasonNames
{
    private static readonly (BackscatterReason Reason, string Name)[] Names =
    [
        (BackscatterReason.SynAck, "syn-ack"),
        (BackscatterReason.Rst, "rst"),
        (BackscatterReason.IcmpReply, "icmp-reply"),
        (BackscatterReason.IcmpError, "icmp-error"),
    ];

    public static IReadOnlyList<string> Of(BackscatterReason reasons) =>
        [.. Names.Where(name => (reasons & name.Reason) != 0).Select(name => name.Name)];
}

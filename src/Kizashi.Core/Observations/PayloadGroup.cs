namespace Kizashi.Core.Observations;

/// <summary>Packets whose payloads carry one fingerprint.</summary>
/// <param name="Protocol">What they speak, such as http, tls, dns, text, binary.</param>
/// <param name="Title">First words of one of them, printable, at most 80 characters; empty if none can be printed.</param>
/// <param name="Digest">The fingerprint, 16 hexadecimal digits.</param>
/// <param name="Packets">At least 1.</param>
/// <param name="Sources">Distinct senders, at least 1.</param>
/// <param name="Example">Index of the first of them among the packets that were grouped.</param>
public sealed record PayloadGroup(string Protocol, string Title, string Digest, int Packets, int Sources, int Example);

using Kizashi.Core.Observations;

namespace Kizashi.Core.Pipeline;

/// <summary>Shows packets to people: as named fields, and as a capture file.</summary>
public interface IPacketDissector
{
    /// <param name="packet">From the IP header on; any bytes are taken.</param>
    IReadOnlyList<PacketLayer> Dissect(ReadOnlyMemory<byte> packet);

    /// <summary>Groups the packets that carry a payload by its fingerprint, largest group first; of TCP and UDP alone.</summary>
    IReadOnlyList<PayloadGroup> Payloads(IReadOnlyList<PacketSample> samples);

    /// <summary>Writes samples as a pcap file of link type RAW.</summary>
    void WriteCapture(IReadOnlyList<PacketSample> samples, Stream stream);
}

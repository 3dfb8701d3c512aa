using System.Buffers.Binary;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>Multicast DNS that answers from anywhere (RFC 6762, 6763): the services of a workstation, for any question.</summary>
public sealed class MdnsService : IReflectorService
{
    private const int HeaderBytes = 12;
    private const int TypePtr = 12;

    private static readonly string[] Offered = ["_workstation._tcp", "_ssh._tcp", "_http._tcp", "_smb._tcp", "_ipp._tcp", "_afpovertcp._tcp", "_device-info._tcp", "_udisks-ssh._tcp"];

    public string Name => "mdns";

    public IReadOnlyList<ushort> Ports => [5353];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        if (request.Length < HeaderBytes + 5 || (request[2] & 0xF8) != 0 || BinaryPrimitives.ReadUInt16BigEndian(request[4..]) < 1)
            return 0;

        var end = HeaderBytes;
        while (end < request.Length && request[end] is > 0 and < 64)
            end += 1 + request[end];

        if (end + 5 > request.Length || request[end] != 0 || end - HeaderBytes > 254)
            return 0;

        // A one-shot query gets its id and question back (RFC 6762, section 6.7).
        var writer = new ReplyWriter(room);
        writer.Write(request[..2]);
        writer.Write([0x84, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        writer.Write(request[HeaderBytes..(end + 5)]);
        var count = 0;
        Span<byte> data = stackalloc byte[64];
        foreach (var service in Offered)
        {
            var length = 0;
            foreach (var label in service.Split('.').Append("local"))
            {
                data[length] = (byte)label.Length;
                System.Text.Encoding.ASCII.GetBytes(label, data[(length + 1)..]);
                length += 1 + label.Length;
            }

            data[length++] = 0;
            if (writer.Left < 12 + length)
                break;

            writer.Write16(0xC00C);
            writer.Write16(TypePtr);
            writer.Write16(1);
            writer.Write32(10);
            writer.Write16(length);
            writer.Write(data[..length]);
            count++;
        }

        writer.Patch16(6, count);
        return writer.Length;
    }
}

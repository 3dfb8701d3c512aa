using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Addressing;

/// <summary>Writes networks as a MaxMind DB, format 2.0 (maxmind.github.io/MaxMind-DB), with 32-bit records and IPv6 tree.</summary>
/// <remarks>IPv4 lies at ::/96, as the format demands; the records carry the fields of GeoLite2 Country and ASN together.</remarks>
public static class MmdbWriter
{
    private const int SeparatorBytes = 16;
    private const int TypeString = 2;
    private const int TypeUInt16 = 5;
    private const int TypeUInt32 = 6;
    private const int TypeMap = 7;
    private const int TypeUInt64 = 9;
    private const int TypeArray = 11;

    /// <exception cref="ArgumentException">Two networks overlap.</exception>
    public static void Write(IReadOnlyList<PlannedNetwork> networks, Stream output)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(output);
        using var data = new MemoryStream();
        var offsets = new Dictionary<(uint, string, string), int>();
        var tree = new List<(int Left, int Right)> { (0, 0) };
        foreach (var network in networks)
        {
            var key = (network.Asn, network.AsName, network.Country);
            if (!offsets.TryGetValue(key, out var offset))
            {
                offset = (int)data.Length;
                offsets.Add(key, offset);
                WriteRecord(data, network);
            }

            Insert(tree, network.Prefix, -1 - offset);
        }

        WriteTree(output, tree);
        output.Write(new byte[SeparatorBytes]);
        data.WriteTo(output);
        WriteMetadata(output, tree.Count);
    }

    // A record is 0 while empty, above 0 a node, below 0 the ones' complement of a data offset.
    private static void Insert(List<(int Left, int Right)> tree, Prefix prefix, int leaf)
    {
        var value = prefix.IsV4 ? prefix.First.V4 : prefix.First.Value;
        var bits = prefix.IsV4 ? prefix.Length + 96 : prefix.Length;
        var node = 0;
        for (var depth = 0; depth < bits; depth++)
        {
            var right = ((value >> (127 - depth)) & 1) == 1;
            var record = right ? tree[node].Right : tree[node].Left;
            var last = depth == bits - 1;
            if (record < 0 || (last && record != 0))
                throw new ArgumentException($"{prefix} overlaps another network.", nameof(prefix));

            if (last || record == 0)
            {
                record = last ? leaf : tree.Count;
                tree[node] = right ? (tree[node].Left, record) : (record, tree[node].Right);
                if (!last)
                    tree.Add((0, 0));
            }

            node = record;
        }
    }

    private static void WriteTree(Stream output, List<(int Left, int Right)> tree)
    {
        Span<byte> node = stackalloc byte[8];
        foreach (var (left, right) in tree)
        {
            BinaryPrimitives.WriteUInt32BigEndian(node, Record(left, tree.Count));
            BinaryPrimitives.WriteUInt32BigEndian(node[4..], Record(right, tree.Count));
            output.Write(node);
        }
    }

    private static uint Record(int record, int nodes) => record switch
    {
        0 => (uint)nodes,
        > 0 => (uint)record,
        _ => (uint)(nodes + SeparatorBytes + (-1 - record)),
    };

    private static void WriteRecord(MemoryStream data, PlannedNetwork network)
    {
        WriteControl(data, TypeMap, 3);
        WriteString(data, "country");
        WriteControl(data, TypeMap, 1);
        WriteString(data, "iso_code");
        WriteString(data, network.Country);
        WriteString(data, "autonomous_system_number");
        WriteUnsigned(data, TypeUInt32, network.Asn);
        WriteString(data, "autonomous_system_organization");
        WriteString(data, network.AsName);
    }

    private static void WriteMetadata(Stream output, int nodes)
    {
        output.Write([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        WriteControl(output, TypeMap, 9);
        Pair("binary_format_major_version", TypeUInt16, 2);
        Pair("binary_format_minor_version", TypeUInt16, 0);
        // Fixed, so that equal plans give equal bytes.
        Pair("build_epoch", TypeUInt64, 1);
        WriteString(output, "database_type");
        WriteString(output, "Kizashi-Simulated-Country-ASN");
        WriteString(output, "description");
        WriteControl(output, TypeMap, 1);
        WriteString(output, "en");
        WriteString(output, "Invented networks of a simulation");
        Pair("ip_version", TypeUInt16, 6);
        WriteString(output, "languages");
        WriteControl(output, TypeArray, 1);
        WriteString(output, "en");
        Pair("node_count", TypeUInt32, (ulong)nodes);
        Pair("record_size", TypeUInt16, 32);

        void Pair(string name, int type, ulong value)
        {
            WriteString(output, name);
            WriteUnsigned(output, type, value);
        }
    }

    private static void WriteString(Stream output, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteControl(output, TypeString, bytes.Length);
        output.Write(bytes);
    }

    private static void WriteUnsigned(Stream output, int type, ulong value)
    {
        var length = (71 - BitOperations.LeadingZeroCount(value)) / 8;
        WriteControl(output, type, length);
        for (var i = length - 1; i >= 0; i--)
            output.WriteByte((byte)(value >> (8 * i)));
    }

    // Sizes beyond 284 do not occur: names are short.
    private static void WriteControl(Stream output, int type, int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 284);
        var first = type <= 7 ? type << 5 : 0;
        output.WriteByte((byte)(first | Math.Min(size, 29)));
        if (type > 7)
            output.WriteByte((byte)(type - 7));

        if (size >= 29)
            output.WriteByte((byte)(size - 29));
    }
}

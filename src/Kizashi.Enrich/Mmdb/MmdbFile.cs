namespace Kizashi.Enrich.Mmdb;

/// <summary>A MaxMind DB (maxmind.github.io/MaxMind-DB, format 2.0): a binary tree over address bits whose leaves point to records.</summary>
internal sealed class MmdbFile
{
    private const int SeparatorBytes = 16;
    private const int MetadataWithin = 128 * 1024;

    private static readonly byte[] Marker = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];

    private readonly byte[] _file;
    private readonly MmdbDecoder _decoder;
    private readonly int _nodes;
    private readonly int _recordBits;
    private readonly int _dataStart;
    private readonly int _dataEnd;

    private MmdbFile(byte[] file, MmdbValue metadata, int metadataAt)
    {
        _file = file;
        _nodes = metadata["node_count"]!.Small!.Value;
        _recordBits = metadata["record_size"]!.Small!.Value;
        IsV4 = metadata["ip_version"]!.Small == 4;
        _dataStart = (_nodes * (_recordBits / 4)) + SeparatorBytes;
        _dataEnd = metadataAt;
        _decoder = new MmdbDecoder(file, _dataStart, metadataAt);
        DatabaseType = metadata["database_type"]?.Text ?? "";
    }

    public string DatabaseType { get; }

    private bool IsV4 { get; }

    /// <returns>Null when it is damaged.</returns>
    public static MmdbFile? Open(string name, byte[] file, out TableDamage? damage)
    {
        var tail = Math.Max(0, file.Length - MetadataWithin);
        var marker = file.AsSpan(tail).LastIndexOf(Marker);
        if (marker < 0)
        {
            damage = new TableDamage(name, file.Length, "no metadata of a MaxMind DB in its last 128 KiB");
            return null;
        }

        var at = tail + marker;
        var decoder = new MmdbDecoder(file, at + Marker.Length, file.Length);
        var metadata = decoder.Decode(0);
        damage = metadata is null
            ? new TableDamage(name, decoder.DamageAt, $"metadata: {decoder.Damage}")
            : Check(name, metadata, at);
        return damage is null ? new MmdbFile(file, metadata!, at) : null;
    }

    /// <summary>Goes through all networks in ascending order; the callback answers false to stop.</summary>
    /// <returns>Null when the whole tree was sound.</returns>
    public TableDamage? Walk(string name, Func<MmdbLeaf, bool> visit)
    {
        // Aliases such as 2002::/16 point back into the IPv4 tree; every node is visited once, IPv4 first.
        var seen = new bool[_nodes];
        var open = new Stack<(int Node, int Depth, UInt128 Network)>();
        open.Push((0, 0, 0));
        while (open.TryPop(out var place))
        {
            if (seen[place.Node])
                continue;

            seen[place.Node] = true;
            if (place.Depth == (IsV4 ? 32 : 128))
                return new TableDamage(name, OffsetOf(place.Node), "the tree is deeper than an address");

            // The right side waits on the stack while the left is gone through.
            for (var side = 1; side >= 0; side--)
            {
                var record = RecordOf(place.Node, side);
                var network = side == 0 ? place.Network : place.Network | (UInt128.One << (127 - place.Depth));
                if (record < _nodes)
                {
                    open.Push(((int)record, place.Depth + 1, network));
                    continue;
                }

                if (record == _nodes)
                    continue;

                var offset = record - _nodes - SeparatorBytes;
                if (offset < 0 || offset >= _dataEnd - _dataStart)
                    return new TableDamage(name, OffsetOf(place.Node), $"record {record} of the tree points outside the data");

                if (!visit(LeafOf(network, place.Depth + 1, (int)offset)))
                    return null;
            }
        }

        return null;
    }

    /// <returns>Null when it is damaged.</returns>
    public MmdbValue? Record(string name, int offset, out TableDamage? damage)
    {
        var value = _decoder.Decode(offset);
        damage = value is null ? new TableDamage(name, _decoder.DamageAt, _decoder.Damage ?? "unreadable") : null;
        return value;
    }

    private static TableDamage? Check(string name, MmdbValue metadata, int metadataAt)
    {
        if (metadata["binary_format_major_version"]?.Small != 2)
            return new TableDamage(name, metadataAt, "not format 2 of the MaxMind DB");

        if (metadata["record_size"]?.Small is not (24 or 28 or 32) || metadata["ip_version"]?.Small is not (4 or 6))
            return new TableDamage(name, metadataAt, "record_size or ip_version is none of the format's");

        var size = metadata["record_size"]!.Small!.Value / 4;
        return metadata["node_count"]?.Small is not { } nodes || nodes == 0 || ((long)nodes * size) + SeparatorBytes > metadataAt
            ? new TableDamage(name, metadataAt, "node_count does not fit the file")
            : null;
    }

    private MmdbLeaf LeafOf(UInt128 network, int length, int offset)
    {
        if (IsV4)
            return new MmdbLeaf(false, network >> 96, length, offset);

        return length >= 96 && network >> 32 == 0
            ? new MmdbLeaf(false, network, length - 96, offset)
            : new MmdbLeaf(true, network, length, offset);
    }

    private long OffsetOf(int node) => (long)node * (_recordBits / 4);

    private long RecordOf(int node, int side)
    {
        var at = node * (_recordBits / 4);
        var bytes = _file.AsSpan(at, _recordBits / 4);
        return _recordBits switch
        {
            24 => Big(bytes.Slice(side * 3, 3)),
            28 => side == 0 ? ((long)(bytes[3] >> 4) << 24) | Big(bytes[..3]) : ((long)(bytes[3] & 15) << 24) | Big(bytes[4..]),
            _ => Big(bytes.Slice(side * 4, 4)),
        };
    }

    private static long Big(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (var part in bytes)
            value = (value << 8) | part;

        return value;
    }
}

using System.Buffers.Binary;

namespace Kizashi.Wire.Bgp;

/// <summary>Reads the routes of a routing table dump in MRT format (RFC 6396), record by record; memory is one record.</summary>
/// <remarks>Tables are TABLE_DUMP_V2; records of other types are counted and passed over.</remarks>
public sealed class MrtReader(Stream stream)
{
    /// <summary>A record of a prefix that every peer of a large collector has is about a megabyte.</summary>
    public const int MostRecordBytes = 16 * 1024 * 1024;

    private const int HeaderLength = 12;
    private const ushort TableDumpV2 = 13;

    private readonly byte[] _header = new byte[HeaderLength];
    private byte[] _body = new byte[64 * 1024];

    /// <summary>Bytes read, uncompressed.</summary>
    public long Offset { get; private set; }

    /// <summary>Records that are no route: peer tables, updates, multicast.</summary>
    public long Skipped { get; private set; }

    /// <summary>Null unless the dump is damaged; then the reason, for people, and <see cref="Offset"/> is where.</summary>
    public string? Damage { get; private set; }

    /// <summary>The next route; false at the end or at damage.</summary>
    public bool Read(out RibRoute route)
    {
        route = default;
        while (Damage is null)
        {
            var start = Offset;
            var got = stream.ReadAtLeast(_header, HeaderLength, throwOnEndOfStream: false);
            if (got == 0)
                return false;

            if (got < HeaderLength)
                return Fail(start, $"record header of {HeaderLength} bytes expected, {got} left");

            var length = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(8));
            if (length > MostRecordBytes)
                return Fail(start, $"record of {length} bytes announced, more than {MostRecordBytes}");

            got = ReadBody((int)length);
            if (got < length)
                return Fail(start, $"record of {length} bytes announced, {got} left");

            Offset = start + HeaderLength + length;
            var status = DecodeStatus.Unsupported;
            if (BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(4)) == TableDumpV2)
                status = RibRecord.Decode(BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(6)), _body.AsSpan(0, (int)length), out route);

            if (status == DecodeStatus.Ok)
                return true;

            if (status != DecodeStatus.Unsupported)
                return Fail(start, $"the route's record is {(status == DecodeStatus.Truncated ? "cut short" : "inconsistent")}");

            Skipped++;
        }

        return false;
    }

    // The buffer grows with what is there, not with what a header announces.
    private int ReadBody(int length)
    {
        for (var got = 0; ;)
        {
            var missing = Math.Min(length, _body.Length) - got;
            got += stream.ReadAtLeast(_body.AsSpan(got, missing), missing, throwOnEndOfStream: false);
            if (got < _body.Length || got >= length)
                return got;

            Array.Resize(ref _body, Math.Min(length, _body.Length * 2));
        }
    }

    private bool Fail(long offset, string reason)
    {
        Offset = offset;
        Damage = reason;
        return false;
    }
}

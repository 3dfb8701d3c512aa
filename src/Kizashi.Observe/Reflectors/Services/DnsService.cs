using System.Buffers.Binary;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>A resolver that answers everyone (RFC 1035, 6891): addresses, TXT, ANY, DNSKEY and the version, none of it looked up anywhere.</summary>
/// <remarks>Addresses are of 192.0.2.0/24 and 2001:db8::/32, chosen by the name, so that the same question always gets the same answer. What does not fit is cut with TC set.</remarks>
public sealed class DnsService : IStreamService
{
    private const int HeaderBytes = 12;
    private const int OptBytes = 11;
    private const int PlainLimit = 512;
    private const int NameAtQuestion = 0xC00C;
    private const int TypeA = 1;
    private const int TypeNs = 2;
    private const int TypeSoa = 6;
    private const int TypeMx = 15;
    private const int TypeTxt = 16;
    private const int TypeAaaa = 28;
    private const int TypeOpt = 41;
    private const int TypeKey = 48;
    private const int TypeAny = 255;
    private const int ClassIn = 1;
    private const int ClassChaos = 3;

    public string Name => "dns";

    public IReadOnlyList<ushort> Ports => [53];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room) => Answer(request, room, isStream: false);

    public int AnswerStream(ReadOnlySpan<byte> request, Span<byte> room) => Answer(request, room, isStream: true);

    private static int Answer(ReadOnlySpan<byte> request, Span<byte> room, bool isStream)
    {
        if (!TryRead(request, out var question))
            return 0;

        // Refused and without the records: what a resolver says to operations it does not have.
        const int Recursion = 0x80;
        var isQuery = (request[2] & 0x78) == 0;
        var limit = isStream ? room.Length : question.HasOpt ? Math.Max(PlainLimit, question.Size) : PlainLimit;
        var writer = new ReplyWriter(room[..Math.Min(room.Length, limit)]);
        writer.Write(request[..2]);
        writer.Write((byte)(0x80 | (request[2] & 0x79)));
        writer.Write((byte)(Recursion | (isQuery ? 0 : 4)));
        writer.Write16(1);
        writer.Write16(0);
        writer.Write16(0);
        writer.Write16(question.HasOpt ? 1 : 0);
        writer.Write(request[HeaderBytes..question.End]);
        var reserve = question.HasOpt ? OptBytes : 0;
        if (writer.Left < reserve)
            return 0;

        var (count, isCut) = isQuery ? WriteRecords(ref writer, question, request, reserve) : (0, false);
        if (question.HasOpt)
        {
            writer.Write(0);
            writer.Write16(TypeOpt);
            writer.Write16(4096);
            writer.Write32(question.IsSecure ? 0x8000u : 0);
            writer.Write16(0);
        }

        writer.Patch16(6, count);
        if (isCut && writer.Length > 2)
            writer.Written[2] |= 2;

        return writer.Length;
    }

    private static bool TryRead(ReadOnlySpan<byte> request, out Question question)
    {
        question = default;
        if (request.Length < HeaderBytes + 5 || (request[2] & 0x80) != 0 || BinaryPrimitives.ReadUInt16BigEndian(request[4..]) != 1)
            return false;

        var at = HeaderBytes;
        while (at < request.Length && request[at] != 0)
        {
            if (request[at] > 63)
                return false;

            at += 1 + request[at];
        }

        if (at + 5 > request.Length || at - HeaderBytes > 254)
            return false;

        question = new Question
        {
            End = at + 5,
            Type = BinaryPrimitives.ReadUInt16BigEndian(request[(at + 1)..]),
            Class = BinaryPrimitives.ReadUInt16BigEndian(request[(at + 3)..]),
        };
        at += 5;

        // EDNS as clients send it: one OPT record of the root after the question.
        if (request.Length >= at + OptBytes && request[at] == 0 && BinaryPrimitives.ReadUInt16BigEndian(request[(at + 1)..]) == TypeOpt)
        {
            question = question with
            {
                HasOpt = true,
                Size = BinaryPrimitives.ReadUInt16BigEndian(request[(at + 3)..]),
                IsSecure = (request[at + 7] & 0x80) != 0,
            };
        }

        return true;
    }

    private static (int Count, bool IsCut) WriteRecords(ref ReplyWriter writer, Question question, ReadOnlySpan<byte> request, int reserve)
    {
        var seed = 17u;
        foreach (var octet in request[HeaderBytes..(question.End - 4)])
            seed = (seed * 31) + (octet is >= (byte)'A' and <= (byte)'Z' ? (uint)octet + 32 : octet);

        if (question.Class == ClassChaos)
            return question.Type is TypeTxt or TypeAny ? Text(ref writer, "9.9.5-3ubuntu0.19-Ubuntu"u8, ClassChaos, reserve) : (0, false);

        if (question.Class is not (ClassIn or 255))
            return (0, false);

        var (count, isCut) = (0, false);
        foreach (var type in (ReadOnlySpan<int>)[TypeSoa, TypeNs, TypeA, TypeAaaa, TypeMx, TypeTxt, TypeKey])
        {
            if (question.Type != type && question.Type != TypeAny)
                continue;

            var (written, over) = Records(ref writer, type, seed, reserve);
            (count, isCut) = (count + written, isCut || over);
        }

        return (count, isCut);
    }

    private static (int Count, bool IsCut) Records(ref ReplyWriter writer, int type, uint seed, int reserve)
    {
        Span<byte> data = stackalloc byte[260];
        switch (type)
        {
            case TypeA:
                return Record(ref writer, type, [192, 0, 2, (byte)(1 + (seed % 253))], reserve);
            case TypeAaaa:
                data[..16].Clear();
                ((ReadOnlySpan<byte>)[0x20, 0x01, 0x0D, 0xB8]).CopyTo(data);
                BinaryPrimitives.WriteUInt32BigEndian(data[12..], seed);
                return Record(ref writer, type, data[..16], reserve);
            case TypeNs:
                return Record(ref writer, type, [3, (byte)'n', (byte)'s', (byte)'1', 0xC0, 0x0C], reserve);
            case TypeMx:
                return Record(ref writer, type, [0, 10, 4, (byte)'m', (byte)'a', (byte)'i', (byte)'l', 0xC0, 0x0C], reserve);
            case TypeSoa:
                ((ReadOnlySpan<byte>)[3, (byte)'n', (byte)'s', (byte)'1', 0xC0, 0x0C, 10, .. "hostmaster"u8, 0xC0, 0x0C]).CopyTo(data);
                BinaryPrimitives.WriteUInt32BigEndian(data[19..], 2026112601);
                BinaryPrimitives.WriteUInt32BigEndian(data[23..], 7200);
                BinaryPrimitives.WriteUInt32BigEndian(data[27..], 3600);
                BinaryPrimitives.WriteUInt32BigEndian(data[31..], 1209600);
                BinaryPrimitives.WriteUInt32BigEndian(data[35..], 3600);
                return Record(ref writer, type, data[..39], reserve);
            case TypeKey:
                ((ReadOnlySpan<byte>)[1, 1, 3, 8, 3, 1, 0, 1]).CopyTo(data);
                Noise(data[8..260], seed);
                return Record(ref writer, type, data[..260], reserve);
            default:
                var (first, isCut) = Text(ref writer, "v=spf1 include:_spf.example.net ip4:192.0.2.0/24 ~all"u8, ClassIn, reserve);
                Noise(data[..252], seed);
                foreach (ref var octet in data[..252])
                    octet = (byte)('!' + (octet % 94));

                var (second, isCutToo) = Text(ref writer, data[..252], ClassIn, reserve);
                return (first + second, isCut || isCutToo);
        }
    }

    // Bytes that look like a key and are none; the same for the same name.
    private static void Noise(Span<byte> bytes, uint seed)
    {
        foreach (ref var octet in bytes)
        {
            seed = (seed * 1_664_525) + 1_013_904_223;
            octet = (byte)(seed >> 24);
        }
    }

    private static (int Count, bool IsCut) Text(ref ReplyWriter writer, scoped ReadOnlySpan<byte> text, int dnsClass, int reserve)
    {
        Span<byte> data = stackalloc byte[256];
        data[0] = (byte)text.Length;
        text.CopyTo(data[1..]);
        return Record(ref writer, TypeTxt, data[..(text.Length + 1)], reserve, dnsClass);
    }

    private static (int Count, bool IsCut) Record(ref ReplyWriter writer, int type, scoped ReadOnlySpan<byte> data, int reserve, int dnsClass = ClassIn)
    {
        if (12 + data.Length + reserve > writer.Left)
            return (0, true);

        writer.Write16(NameAtQuestion);
        writer.Write16(type);
        writer.Write16(dnsClass);
        writer.Write32(dnsClass == ClassIn ? 3600u : 0);
        writer.Write16(data.Length);
        writer.Write(data);
        return (1, false);
    }

    private readonly record struct Question
    {
        public int End { get; init; }

        public int Type { get; init; }

        public int Class { get; init; }

        public bool HasOpt { get; init; }

        public int Size { get; init; }

        public bool IsSecure { get; init; }
    }
}

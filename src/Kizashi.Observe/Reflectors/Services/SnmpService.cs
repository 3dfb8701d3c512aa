namespace Kizashi.Observe.Reflectors.Services;

/// <summary>An SNMP agent of versions 1 and 2c with the community public (RFC 1157, 3416): GET, GETNEXT and GETBULK over the system group and a table of interfaces; of version 3 it only names its engine.</summary>
public sealed class SnmpService : IReflectorService
{
    private const byte Counter = 0x41;
    private const byte Ticks = 0x43;
    private const byte NoSuchObject = 0x80;
    private const byte EndOfView = 0x82;
    private const byte Get = 0xA0;
    private const byte GetNext = 0xA1;
    private const byte Response = 0xA2;
    private const byte GetBulk = 0xA5;
    private const int MostNames = 16;
    private const int MostRepetitions = 64;

    private static readonly (byte[] Name, byte[] Value)[] Tree = MakeTree();

    public string Name => "snmp";

    public IReadOnlyList<ushort> Ports => [161];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        var reader = new BerReader(request);
        var message = reader.Enter(Ber.Sequence);
        var version = message.Take(Ber.Integer);
        if (version is [3])
            return SnmpDiscovery.Answer(message, room);

        var community = message.Take(Ber.Text);
        if (version.Length != 1 || version[0] > 1 || !community.SequenceEqual("public"u8))
            return 0;

        var kind = message.Peek;
        if (kind is not (Get or GetNext or GetBulk) || (kind == GetBulk && version[0] == 0))
            return 0;

        var pdu = message.Enter(kind);
        var id = pdu.Take(Ber.Integer);
        var first = Number(pdu.Take(Ber.Integer));
        var second = Number(pdu.Take(Ber.Integer));
        var names = pdu.Enter(Ber.Sequence);
        if (id.Length is 0 or > 8 || pdu.IsBroken || message.IsBroken)
            return 0;

        // Built from its end, since every length stands before what it is the length of.
        Span<byte> scratch = stackalloc byte[1472];
        var bindings = new ReplyWriter(scratch[..Math.Max(0, Math.Min(scratch.Length, room.Length - 40 - community.Length))]);
        var (errorStatus, errorIndex) = Bind(ref bindings, names, kind, version[0] == 0, (first, second));
        return bindings.Length == 0 ? 0 : Compose(room, version[0], community, id, (errorStatus, errorIndex), bindings.Written);
    }

    private static (byte Status, byte Index) Bind(ref ReplyWriter bindings, BerReader names, byte kind, bool isFirst, (int NonRepeaters, int Repetitions) bulk)
    {
        var repetitions = kind == GetBulk ? Math.Clamp(bulk.Repetitions, 0, MostRepetitions) : 1;
        for (var number = 0; number < MostNames; number++)
        {
            var binding = names.Enter(Ber.Sequence);
            var name = binding.Take(Ber.Oid);
            if (binding.IsBroken || name.Length == 0)
                break;

            var times = kind == GetBulk && number >= bulk.NonRepeaters ? repetitions : 1;
            var at = Find(name);
            for (var turn = 0; turn < times; turn++)
            {
                var index = kind == Get ? (at.IsExact ? at.Index : -1) : at.Index + (at.IsExact ? 1 : 0) + turn;
                var isThere = index >= 0 && index < Tree.Length;
                if (!isThere && isFirst)
                {
                    Write(ref bindings, name, [Ber.Null, 0]);
                    return (2, (byte)(number + 1));
                }

                // What does not fit is left out, as an agent does for GETBULK.
                var before = bindings.Left;
                Write(ref bindings, isThere ? Tree[index].Name : name, isThere ? Tree[index].Value : [kind == Get ? NoSuchObject : EndOfView, 0]);
                if (bindings.Left == before || !isThere)
                    break;
            }
        }

        return (0, 0);
    }

    private static void Write(ref ReplyWriter writer, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        var length = 2 + name.Length + value.Length;
        if (name.Length > 127 || length > 255 || writer.Left < length + 4)
            return;

        writer.Write(Ber.Sequence);
        if (length > 127)
            writer.Write(0x81);

        writer.Write((byte)length);
        writer.Write(Ber.Oid);
        writer.Write((byte)name.Length);
        writer.Write(name);
        writer.Write(value);
    }

    private static int Compose(
        Span<byte> room, byte version, ReadOnlySpan<byte> community, ReadOnlySpan<byte> id, (byte Status, byte Index) error, ReadOnlySpan<byte> bindings)
    {
        var list = 4 + bindings.Length;
        var pdu = 2 + id.Length + 6 + list;
        var message = 3 + 2 + community.Length + 4 + pdu;
        var writer = new ReplyWriter(room);
        Ber.Head(ref writer, Ber.Sequence, message);
        writer.Write([Ber.Integer, 1, version, Ber.Text, (byte)community.Length]);
        writer.Write(community);
        Ber.Head(ref writer, Response, pdu);
        writer.Write([Ber.Integer, (byte)id.Length]);
        writer.Write(id);
        writer.Write([Ber.Integer, 1, error.Status, Ber.Integer, 1, error.Index]);
        Ber.Head(ref writer, Ber.Sequence, bindings.Length);
        writer.Write(bindings);
        return writer.Length;
    }

    private static int Number(ReadOnlySpan<byte> bytes)
    {
        var value = 0;
        foreach (var octet in bytes[..Math.Min(bytes.Length, 3)])
            value = (value << 8) | octet;

        return value;
    }

    private static (int Index, bool IsExact) Find(ReadOnlySpan<byte> name)
    {
        for (var index = 0; index < Tree.Length; index++)
        {
            var order = Tree[index].Name.AsSpan().SequenceCompareTo(name);
            if (order >= 0)
                return (index, order == 0);
        }

        return (Tree.Length, false);
    }

    private static (byte[] Name, byte[] Value)[] MakeTree()
    {
        const int Interfaces = 24;
        byte[] mib = [0x2B, 6, 1, 2, 1];
        var tree = new List<(byte[], byte[])>
        {
            ([.. mib, 1, 1, 0], Value(Ber.Text, "Linux gateway 3.10.49 #1 SMP Tue Jun 14 06:35:12 UTC 2016 mips"u8)),
            ([.. mib, 1, 2, 0], [Ber.Oid, 8, 0x2B, 6, 1, 4, 1, 0xBF, 0x08, 3]),
            ([.. mib, 1, 3, 0], [Ticks, 4, 0x12, 0x34, 0x56, 0x78]),
            ([.. mib, 1, 4, 0], Value(Ber.Text, "admin@example.net"u8)),
            ([.. mib, 1, 5, 0], Value(Ber.Text, "gateway"u8)),
            ([.. mib, 1, 6, 0], Value(Ber.Text, "Rack 3"u8)),
            ([.. mib, 1, 7, 0], [Ber.Integer, 1, 76]),
            ([.. mib, 2, 1, 0], [Ber.Integer, 1, Interfaces]),
        };
        for (byte number = 1; number <= Interfaces; number++)
        {
            tree.Add(([.. mib, 2, 2, 1, 1, number], [Ber.Integer, 1, number]));
            tree.Add(([.. mib, 2, 2, 1, 2, number], Value(Ber.Text, System.Text.Encoding.ASCII.GetBytes($"GigabitEthernet0/{number}"))));
            tree.Add(([.. mib, 2, 2, 1, 10, number], [Counter, 4, number, 0x51, 0x9A, 0x0B]));
        }

        return [.. tree.OrderBy(item => item.Item1, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))];
    }

    private static byte[] Value(byte tag, ReadOnlySpan<byte> value) => [tag, (byte)value.Length, .. value];
}

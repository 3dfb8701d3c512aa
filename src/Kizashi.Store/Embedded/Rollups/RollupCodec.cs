using System.Buffers.Binary;

namespace Kizashi.Store.Embedded.Rollups;

/// <summary>How sketches and keyed tables are written into the bodies of rollups, and merged from them.</summary>
/// <remarks>
/// Sources: one byte 0 and pairs of (register, rank) in three bytes, or one byte 1 and all registers.
/// Keyed, by ascending key: the sums are the number of entries, the bytes that their keys take, each key minus the key
/// before, and the packets of each; numbers are LEB128. The sketches are one byte an entry, 0 when all of its registers
/// follow, else 1 + the number of its sparse registers of two bytes each; then the registers of all.
/// </remarks>
internal static class RollupCodec
{
    public static byte[] Write(ReadOnlySpan<byte> sources)
    {
        var used = sources.Length - sources.Count((byte)0);
        if (used * 3 >= sources.Length)
            return [1, .. sources];

        var body = new byte[1 + (used * 3)];
        var at = 1;
        for (var register = 0; register < sources.Length; register++)
        {
            if (sources[register] == 0)
                continue;

            BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(at), (ushort)register);
            body[at + 2] = sources[register];
            at += 3;
        }

        return body;
    }

    /// <exception cref="InvalidDataException">Not what this class writes.</exception>
    public static void Merge(ReadOnlySpan<byte> body, Span<byte> sources)
    {
        if (body.Length == sources.Length + 1 && body[0] == 1)
        {
            RegisterSketch.Merge(sources, body[1..]);
            return;
        }

        if (body.Length % 3 != 1 || body[0] != 0)
            throw new InvalidDataException("The body of a rollup of sources is damaged.");

        for (body = body[1..]; body.Length > 0; body = body[3..])
        {
            ref var rank = ref sources[BinaryPrimitives.ReadUInt16LittleEndian(body) & (sources.Length - 1)];
            rank = Math.Max(rank, body[2]);
        }
    }

    public static StoredBody Write(KeyedTable table)
    {
        var entries = table.Entries.ToArray();
        Array.Sort(entries, static (left, right) => left.Key.CompareTo(right.Key));
        var keys = new byte[entries.Length * 5];
        var packets = new byte[entries.Length * 10];
        var sketches = new byte[entries.Length + entries.Sum(RegisterBytes)];
        var (keysAt, packetsAt, sketchesAt, before) = (0, 0, entries.Length, 0u);
        for (var number = 0; number < entries.Length; number++)
        {
            ref readonly var entry = ref entries[number];
            keysAt = Put(keys, keysAt, entry.Key - before);
            packetsAt = Put(packets, packetsAt, entry.Packets);
            before = entry.Key;
            if (entry.Dense >= 0)
            {
                table.DenseRegisters(entry).CopyTo(sketches.AsSpan(sketchesAt));
            }
            else
            {
                sketches[number] = (byte)(1 + entry.SparseCount);
                ReadOnlySpan<ushort> sparse = entry.Sparse;
                for (var index = 0; index < entry.SparseCount; index++)
                    BinaryPrimitives.WriteUInt16LittleEndian(sketches.AsSpan(sketchesAt + (2 * index)), sparse[index]);
            }

            sketchesAt += RegisterBytes(entry);
        }

        var head = new byte[20];
        var headLength = Put(head, Put(head, 0, (ulong)entries.Length), (ulong)keysAt);
        return new StoredBody([.. head.AsSpan(0, headLength), .. keys.AsSpan(0, keysAt), .. packets.AsSpan(0, packetsAt)], sketches);
    }

    /// <exception cref="InvalidDataException">Not what this class writes.</exception>
    public static void Merge(ReadOnlySpan<byte> sums, ReadOnlySpan<byte> sketches, KeyedTable table)
    {
        var reader = new KeyedReader(sums, sketches);
        while (reader.Next())
            reader.MergeInto(table);
    }

    private static int RegisterBytes(KeyedEntry entry) =>
        entry.Dense >= 0 ? RegisterSketch.KeyedRegisters : (int)entry.SparseCount * sizeof(ushort);

    private static int Put(byte[] body, int at, ulong value)
    {
        while (value >= 128)
        {
            body[at++] = (byte)(value | 128);
            value >>= 7;
        }

        body[at++] = (byte)value;
        return at;
    }
}

using Kizashi.Store.Embedded.Rollups;

namespace Kizashi.Store.Embedded.State;

/// <summary>Rewrites the keyed rollups of schema version 3, whose entries carried sums and sketches together.</summary>
internal static class RollupsOfVersion3
{
    public static void Convert(SqliteSession session)
    {
        var ids = session.Rows("SELECT id FROM rollup WHERE subject <> 0", row => row.GetInt64(0));
        foreach (var id in ids)
        {
            var old = session.Rows("SELECT body FROM rollup WHERE id = $0", row => row.GetFieldValue<byte[]>(0), id)[0];
            var body = RollupCodec.Write(Table(old));
            session.Execute("UPDATE rollup SET body = $1, sketches = $2 WHERE id = $0", id, body.Sums, body.Sketches);
        }
    }

    // The number of entries, then of each: key minus the key before, packets, and 1 + the number of sparse registers with
    // two bytes each, or 0 with all registers.
    private static KeyedTable Table(ReadOnlySpan<byte> body)
    {
        var table = new KeyedTable();
        var key = 0u;
        for (var left = Take(ref body); left > 0; left--)
        {
            key += (uint)Take(ref body);
            ref var entry = ref table.Entry(key);
            entry.Packets = Take(ref body);
            var sparse = (int)Take(ref body);
            if (sparse == 0)
            {
                RegisterSketch.Merge(table.MakeDense(ref entry), body[..RegisterSketch.KeyedRegisters]);
                body = body[RegisterSketch.KeyedRegisters..];
                continue;
            }

            for (var register = 1; register < sparse; register++)
            {
                table.AddRegister(ref entry, body[1], body[0]);
                body = body[2..];
            }
        }

        return table;
    }

    private static ulong Take(ref ReadOnlySpan<byte> body)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = body[0];
            body = body[1..];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return value;
        }
    }
}

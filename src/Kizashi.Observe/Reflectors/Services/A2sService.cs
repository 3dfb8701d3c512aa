namespace Kizashi.Observe.Reflectors.Services;

/// <summary>A game server of the Source engine (Valve's server queries): information, players and rules as before challenges were asked for.</summary>
public sealed class A2sService : IReflectorService
{
    private static readonly byte[] Info =
        [.. "I"u8, 17, .. "Public #3 [24/7 | 66 tick | no lag]\0de_dust2\0cstrike\0Counter-Strike: Source\0"u8, 0xF0, 0, 18, 32, 0, .. "dl"u8, 0, 1, .. "3398447\0"u8];

    public string Name => "a2s";

    public IReadOnlyList<ushort> Ports => [27015];

    private static ReadOnlySpan<byte> Prefix => [0xFF, 0xFF, 0xFF, 0xFF];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        if (request.Length < 5 || !request.StartsWith(Prefix))
            return 0;

        var writer = new ReplyWriter(room);
        writer.Write(Prefix);
        switch (request[4])
        {
            case (byte)'T' when request[5..].StartsWith("Source Engine Query"u8):
                writer.Write(Info);
                break;
            case (byte)'U':
                Players(ref writer);
                break;
            case (byte)'V':
                Rules(ref writer);
                break;
            default:
                return 0;
        }

        return writer.Length;
    }

    private static void Players(ref ReplyWriter writer)
    {
        const int EntryBytes = 1 + 9 + 8;
        var count = Math.Min(18, (writer.Left - 2) / EntryBytes);
        writer.Write([(byte)'D', (byte)Math.Max(0, count)]);
        for (var player = 0; player < count; player++)
        {
            writer.Write((byte)player);
            writer.Write("Player"u8);
            writer.Write([(byte)('0' + (player / 10)), (byte)('0' + (player % 10)), 0, (byte)(player * 3), 0, 0, 0, 0, 0, (byte)(0x80 + player), 0x44]);
        }
    }

    private static void Rules(ref ReplyWriter writer)
    {
        writer.Write([(byte)'E', 4, 0]);
        writer.Write("mp_friendlyfire\00\0mp_timelimit\030\0sv_gravity\0800\0tv_enable\00\0"u8);
    }
}

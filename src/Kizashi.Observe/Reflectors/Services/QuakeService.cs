namespace Kizashi.Observe.Reflectors.Services;

/// <summary>A Quake III game server: getstatus and getinfo.</summary>
public sealed class QuakeService : IReflectorService
{
    private static readonly byte[] Status =
        [0xFF, 0xFF, 0xFF, 0xFF, .. "statusResponse\n\\sv_hostname\\Arena #1\\version\\ioq3 1.36 linux-x86_64\\mapname\\q3dm17\\gametype\\0\\sv_maxclients\\24\\g_needpass\\0\\timelimit\\15\\fraglimit\\30\\dmflags\\0\\sv_pure\\1\n12 48 \"Visor\"\n7 51 \"Sarge\"\n3 66 \"Keel\"\n"u8];

    private static readonly byte[] Info =
        [0xFF, 0xFF, 0xFF, 0xFF, .. "infoResponse\n\\hostname\\Arena #1\\mapname\\q3dm17\\clients\\3\\sv_maxclients\\24\\gametype\\0\\protocol\\71\\pure\\1"u8];

    public string Name => "quake3";

    public IReadOnlyList<ushort> Ports => [27960];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        if (request.Length < 11 || !request.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFF, 0xFF, 0xFF]))
            return 0;

        return request[4..].StartsWith("getstatus"u8) ? Reply.Whole(Status, room) : request[4..].StartsWith("getinfo"u8) ? Reply.Whole(Info, room) : 0;
    }
}

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>memcached over UDP (protocol.txt): stats, version and get.</summary>
public sealed class MemcachedService : IReflectorService
{
    private const int FrameBytes = 8;

    public string Name => "memcached";

    public IReadOnlyList<ushort> Ports => [11211];

    private static ReadOnlySpan<byte> Stats =>
        "STAT pid 1093\r\nSTAT uptime 2164809\r\nSTAT time 1764208800\r\nSTAT version 1.4.25 Ubuntu\r\nSTAT libevent 2.0.21-stable\r\nSTAT pointer_size 64\r\n"u8;

    private static ReadOnlySpan<byte> MoreStats =>
        "STAT rusage_user 97.364000\r\nSTAT curr_connections 10\r\nSTAT total_connections 1834\r\nSTAT cmd_get 28810\r\nSTAT cmd_set 3127\r\nSTAT curr_items 41\r\n"u8;

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        // Request number, sequence 0, one datagram, reserved.
        if (request.Length <= FrameBytes || room.Length < FrameBytes + 5 || request[2] != 0 || request[3] != 0)
            return 0;

        var writer = new ReplyWriter(room);
        writer.Write(request[..2]);
        writer.Write([0, 0, 0, 1, 0, 0]);
        var command = request[FrameBytes..];
        if (command.StartsWith("stats"u8))
        {
            writer.WriteIfFits(Stats, "END\r\n"u8.Length);
            writer.WriteIfFits(MoreStats, "END\r\n"u8.Length);
            writer.Write("END\r\n"u8);
        }
        else if (command.StartsWith("version"u8))
        {
            writer.Write("VERSION 1.4.25 Ubuntu\r\n"u8);
        }
        else
        {
            writer.Write(command.StartsWith("get"u8) ? "END\r\n"u8 : "ERROR\r\n"u8);
        }

        return writer.Length;
    }
}

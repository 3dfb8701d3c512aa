namespace Kizashi.Observe.Reflectors.Services;

/// <summary>SQL Server Browser (MS-SQLR): lists its instances.</summary>
public sealed class MssqlService : IReflectorService
{
    public string Name => "mssql";

    public IReadOnlyList<ushort> Ports => [1434];

    private static ReadOnlySpan<byte> First =>
        "ServerName;DB01;InstanceName;MSSQLSERVER;IsClustered;No;Version;10.50.1600.1;tcp;1433;np;\\\\DB01\\pipe\\sql\\query;;"u8;

    private static ReadOnlySpan<byte> Second =>
        "ServerName;DB01;InstanceName;SQLEXPRESS;IsClustered;No;Version;11.0.2100.60;tcp;49722;np;\\\\DB01\\pipe\\MSSQL$SQLEXPRESS\\sql\\query;;"u8;

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        // Broadcast and unicast requests for all, and one for an instance by name.
        if (request.Length == 0 || request[0] is not (2 or 3 or 4) || room.Length < 3 + First.Length)
            return 0;

        var writer = new ReplyWriter(room);
        writer.Write(5);
        writer.Write16(0);
        writer.Write(First);
        if (request[0] != 4)
            writer.WriteIfFits(Second, 0);

        // Little endian, unlike most.
        var length = writer.Length - 3;
        writer.Written[1] = (byte)length;
        writer.Written[2] = (byte)(length >> 8);
        return writer.Length;
    }
}

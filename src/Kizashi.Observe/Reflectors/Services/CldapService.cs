namespace Kizashi.Observe.Reflectors.Services;

/// <summary>A domain controller that answers searches of its root over UDP (RFC 4511; MS-ADTS 3.1.1.3.2 for the attributes).</summary>
public sealed class CldapService : IReflectorService
{
    private const byte Search = 0x63;
    private const byte Entry = 0x64;
    private const byte Done = 0x65;
    private const int DoneBytes = 24;

    private static readonly (string Type, string[] Values)[] Root =
    [
        ("currentTime", ["20261126220000.0Z"]),
        ("subschemaSubentry", ["CN=Aggregate,CN=Schema,CN=Configuration,DC=corp,DC=example"]),
        ("dsServiceName", ["CN=NTDS Settings,CN=DC01,CN=Servers,CN=Default-First-Site-Name,CN=Sites,CN=Configuration,DC=corp,DC=example"]),
        ("namingContexts", ["DC=corp,DC=example", "CN=Configuration,DC=corp,DC=example", "CN=Schema,CN=Configuration,DC=corp,DC=example", "DC=DomainDnsZones,DC=corp,DC=example", "DC=ForestDnsZones,DC=corp,DC=example"]),
        ("defaultNamingContext", ["DC=corp,DC=example"]),
        ("supportedControl", ["1.2.840.113556.1.4.319", "1.2.840.113556.1.4.801", "1.2.840.113556.1.4.473", "1.2.840.113556.1.4.528", "1.2.840.113556.1.4.417", "1.2.840.113556.1.4.619", "1.2.840.113556.1.4.841", "1.2.840.113556.1.4.529", "1.2.840.113556.1.4.805", "1.2.840.113556.1.4.521", "1.2.840.113556.1.4.970", "1.2.840.113556.1.4.1338", "1.2.840.113556.1.4.474", "1.2.840.113556.1.4.1339", "1.2.840.113556.1.4.1340"]),
        ("supportedLDAPVersion", ["3", "2"]),
        ("supportedLDAPPolicies", ["MaxPoolThreads", "MaxDatagramRecv", "MaxReceiveBuffer", "InitRecvTimeout", "MaxConnections", "MaxConnIdleTime", "MaxPageSize"]),
        ("dnsHostName", ["DC01.corp.example"]),
        ("ldapServiceName", ["corp.example:dc01$@CORP.EXAMPLE"]),
        ("serverName", ["CN=DC01,CN=Servers,CN=Default-First-Site-Name,CN=Sites,CN=Configuration,DC=corp,DC=example"]),
        ("isSynchronized", ["TRUE"]),
        ("domainFunctionality", ["6"]),
    ];

    private static readonly byte[][] Attributes = [.. Root.Select(Attribute)];

    public string Name => "cldap";

    public IReadOnlyList<ushort> Ports => [389];

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room)
    {
        var reader = new BerReader(request);
        var message = reader.Enter(Ber.Sequence);
        var id = message.Take(Ber.Integer);
        if (message.IsBroken || id.Length is 0 or > 4 || message.Peek != Search)
            return 0;

        // As many attributes as fit.
        Span<byte> scratch = stackalloc byte[1472];
        var list = new ReplyWriter(scratch[..Math.Max(0, Math.Min(scratch.Length, room.Length - DoneBytes - 24))]);
        foreach (var attribute in Attributes)
            list.WriteIfFits(attribute, 0);

        var writer = new ReplyWriter(room);
        var entry = 2 + 4 + list.Length;
        Ber.Head(ref writer, Ber.Sequence, 2 + id.Length + 4 + entry);
        writer.Write([Ber.Integer, (byte)id.Length]);
        writer.Write(id);
        Ber.Head(ref writer, Entry, entry);
        writer.Write([Ber.Text, 0]);
        Ber.Head(ref writer, Ber.Sequence, list.Length);
        writer.Write(list.Written);
        Ber.Head(ref writer, Ber.Sequence, 2 + id.Length + 9);
        writer.Write([Ber.Integer, (byte)id.Length]);
        writer.Write(id);
        writer.Write([Done, 7, 0x0A, 1, 0, Ber.Text, 0, Ber.Text, 0]);
        return writer.Length;
    }

    private static byte[] Attribute((string Type, string[] Values) item)
    {
        byte[] values = [.. item.Values.SelectMany(value => (byte[])[Ber.Text, (byte)value.Length, .. System.Text.Encoding.ASCII.GetBytes(value)])];
        var type = System.Text.Encoding.ASCII.GetBytes(item.Type);
        byte[] set = [Ber.Set, 0x82, (byte)(values.Length >> 8), (byte)values.Length, .. values];
        var length = 2 + type.Length + set.Length;
        return [Ber.Sequence, 0x82, (byte)(length >> 8), (byte)length, Ber.Text, (byte)type.Length, .. type, .. set];
    }
}

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>Discovery of Jenkins before version 2.219: any datagram gets a description in XML.</summary>
public sealed class JenkinsService : IReflectorService
{
    public string Name => "jenkins";

    public IReadOnlyList<ushort> Ports => [33848];

    private static ReadOnlySpan<byte> Description =>
        "<hudson><version>2.176.1</version><url>http://ci.example.net:8080/</url><server-id>8e5f0a1c29d94e7dbb5a7c2f6e1d4b90</server-id><slave-port>50000</slave-port></hudson>"u8;

    public int Answer(ReadOnlySpan<byte> request, Span<byte> room) => Reply.Whole(Description, room);
}

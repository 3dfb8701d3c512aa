using System.Net;
using System.Net.Sockets;
using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Reflectors.Sockets;

/// <summary>Passes requests on to a real server, and its answers back: one request at a time on each of some sockets, so that every answer finds who asked.</summary>
internal sealed class ProxiedAnswers : IDisposable
{
    public const int Count = 32;

    private const int NameBytes = 28;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly Socket[] _sockets;
    private readonly Waiting[] _waiting = new Waiting[Count];
    private readonly TimeProvider _time;

    public ProxiedAnswers(IPEndPoint server, TimeProvider time)
    {
        _time = time;
        _sockets = [.. Enumerable.Range(0, Count).Select(_ => Connect(server))];
    }

    /// <summary>Descriptors to wait for, numbered as <see cref="Take"/> wants them.</summary>
    public IEnumerable<int> Files => _sockets.Select(socket => (int)socket.Handle);

    /// <summary>Passes a request on; false when all sockets wait for answers, or the system does not take it.</summary>
    /// <param name="request">Its payload.</param>
    /// <param name="asked">Where it came in.</param>
    /// <param name="name">Who sent it, struct sockaddr.</param>
    /// <param name="from">The address that was asked.</param>
    /// <param name="room">Bytes that its answer may have.</param>
    public bool Pass(ReadOnlySpan<byte> request, UdpSocket asked, ReadOnlySpan<byte> name, Address from, int room)
    {
        for (var at = 0; at < Count; at++)
        {
            ref var waiting = ref _waiting[at];
            if (waiting.Asked is not null && _time.GetElapsedTime(waiting.Since) < Longest)
                continue;

            // What a server sends too late is for nobody.
            Drain(_sockets[at]);
            if (_sockets[at].Send(request, SocketFlags.None, out var error) != request.Length || error != SocketError.Success)
                return false;

            waiting = new Waiting { Asked = asked, Name = name[..NameBytes].ToArray(), From = from, Room = room, Since = _time.GetTimestamp() };
            return true;
        }

        return false;
    }

    /// <summary>Takes an answer and says whom it is for; 0 bytes when it is for nobody, or larger than it may be.</summary>
    public int Take(int number, Span<byte> answer, out UdpSocket? asked, out byte[] name, out Address from)
    {
        ref var waiting = ref _waiting[number];
        (asked, name, from) = (waiting.Asked, waiting.Name ?? [], waiting.From);
        var length = _sockets[number].Receive(answer, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return 0;

        var room = waiting.Room;
        waiting = default;
        return asked is null || error != SocketError.Success || length > room ? 0 : length;
    }

    public void Dispose()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
    }

    private static Socket Connect(IPEndPoint server)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        socket.Connect(server);
        return socket;
    }

    private static void Drain(Socket socket)
    {
        Span<byte> gone = stackalloc byte[2048];
        while (socket.Available > 0 && socket.Receive(gone, SocketFlags.None, out _) > 0)
            continue;
    }

    private struct Waiting
    {
        public UdpSocket? Asked;
        public byte[]? Name;
        public Address From;
        public int Room;
        public long Since;
    }
}

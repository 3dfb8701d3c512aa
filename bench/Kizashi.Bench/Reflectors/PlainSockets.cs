using System.Net;
using System.Net.Sockets;

namespace Kizashi.Bench.Reflectors;

/// <summary>The peer: .NET's own sockets, one for each service, which take each request, look who sent it and count it, and do nothing else.</summary>
internal static class PlainSockets
{
    public const string Mode = "plain-sockets";

    public static int Run(string[] args)
    {
        var sockets = RequestGenerator.Requests.Select(request =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false, ReceiveBufferSize = 8 << 20 };
            socket.SetRawSocketOption(1, 33, BitConverter.GetBytes(8 << 20));
            socket.Bind(new IPEndPoint(IPAddress.Parse(args[0]), request.Port));
            return socket;
        }).ToList();
        var (received, buffer, sender) = (0L, new byte[2048], new SocketAddress(AddressFamily.InterNetwork));
        var over = false;
        Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, over) = (true, true);
        Console.WriteLine("ready");
        var ready = new List<Socket>();
        while (!Volatile.Read(ref over))
        {
            ready.Clear();
            ready.AddRange(sockets);
            Socket.Select(ready, null, null, 100_000);
            foreach (var socket in ready)
            {
                for (var turn = 0; turn < 64 && socket.Available > 0; turn++)
                {
                    socket.ReceiveFrom(buffer, SocketFlags.None, sender);
                    received += sender.Buffer.Span[4] == 0 ? 0 : 1;
                }
            }
        }

        Console.WriteLine(received);
        return 0;
    }
}

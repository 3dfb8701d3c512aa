using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Kizashi.Observe.Telescope.Sources;

namespace Kizashi.Observe.Reflectors.Sockets;

/// <summary>Answers over TCP those to whom a datagram was too small, within the same budget. Bounded in connections, time and bytes.</summary>
internal sealed class StreamAnswers : IDisposable
{
    private const int MostConnections = 64;
    private const int MostRequests = 16;
    private const int MostRequestBytes = 4096;
    private const int MostAnswerBytes = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ReplyBudget _budget;
    private readonly IStreamService _service;
    private readonly TimeProvider _time;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _work;
    private long _requests;
    private int _open;

    /// <exception cref="InterfaceException">The port cannot be listened on.</exception>
    public StreamAnswers(IPEndPoint listen, IStreamService service, ReplyBudget budget, TimeProvider time)
    {
        (_service, _budget, _time) = (service, budget, time);
        _listener = new TcpListener(listen);
        try
        {
            _listener.Start(MostConnections);
        }
        catch (SocketException fault)
        {
            throw new InterfaceException($"TCP port {listen.Port} of {listen.Address}: {fault.Message}.", fault);
        }

        _work = Task.Run(AcceptAsync);
    }

    public long Requests => Interlocked.Read(ref _requests);

    public void Dispose()
    {
        _over.Cancel();
        _listener.Dispose();
        _work.ContinueWith(_ => _over.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task AcceptAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_over.Token);
                if (Interlocked.Increment(ref _open) > MostConnections)
                {
                    client.Dispose();
                    Interlocked.Decrement(ref _open);
                    continue;
                }

                _ = ServeAsync(client);
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // Of one connection, or for want of descriptors: the next may do.
                await Task.Delay(TimeSpan.FromMilliseconds(100), _time);
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            using (var patience = CancellationTokenSource.CreateLinkedTokenSource(_over.Token))
            {
                patience.CancelAfter(Patience);
                await ServeAsync(client, patience.Token);
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever broke off wants nothing more.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken cancellation)
    {
        var (stream, request, answer) = (client.GetStream(), new byte[MostRequestBytes], new byte[2 + MostAnswerBytes]);
        for (var count = 0; count < MostRequests; count++)
        {
            await stream.ReadExactlyAsync(request.AsMemory(0, 2), cancellation);
            var length = BinaryPrimitives.ReadUInt16BigEndian(request);
            if (length > MostRequestBytes)
                return;

            await stream.ReadExactlyAsync(request.AsMemory(0, length), cancellation);
            Interlocked.Increment(ref _requests);
            var made = _budget.AnswerStream(_service, request.AsSpan(0, length), answer.AsSpan(2));
            if (made == 0)
                return;

            BinaryPrimitives.WriteUInt16BigEndian(answer, (ushort)made);
            await stream.WriteAsync(answer.AsMemory(0, 2 + made), cancellation);
        }
    }
}

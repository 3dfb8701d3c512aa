using Kizashi.Wire;

namespace Kizashi.Cli.Center;

/// <summary>What a local client sends: when it is gone, the input is cut, which its readers know how to take.</summary>
/// <remarks>HTTP/2 tells that as a cancellation, and nobody has cancelled anything.</remarks>
internal sealed class ClientBody(Stream body) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return body.Read(buffer);
        }
        catch (OperationCanceledException fault)
        {
            throw new IOException("the client is gone", fault);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("the client is gone", fault);
        }
    }
}

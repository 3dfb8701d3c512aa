using System.Net;

namespace Kizashi.Cli.Client;

/// <summary>A body that is sent as it comes: the usual one waits until a buffer is full, which of a quiet sensor takes hours.</summary>
internal sealed class LiveContent(Stream input) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var bytes = new byte[128 * 1024];
        for (var length = await input.ReadAsync(bytes, cancellationToken); length > 0; length = await input.ReadAsync(bytes, cancellationToken))
        {
            await stream.WriteAsync(bytes.AsMemory(0, length), cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

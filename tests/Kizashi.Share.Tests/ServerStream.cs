namespace Kizashi.Share.Tests;

/// <summary>A response body as web servers give it: writing synchronously is forbidden.</summary>
internal sealed class ServerStream : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count) => throw Forbidden();

    public override void Write(ReadOnlySpan<byte> buffer) => throw Forbidden();

    public override void WriteByte(byte value) => throw Forbidden();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // MemoryStream's own array write calls no other overload.
        base.Write(buffer.ToArray(), 0, buffer.Length);
        return ValueTask.CompletedTask;
    }

    private static InvalidOperationException Forbidden() => new("Synchronous operations are disallowed.");
}

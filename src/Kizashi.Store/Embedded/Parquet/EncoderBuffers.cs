namespace Kizashi.Store.Embedded.Parquet;

/// <summary>What a writer's files use one after the other.</summary>
internal sealed class EncoderBuffers
{
    public ColumnEncoder Encoder { get; } = new();

    /// <summary>The column chunk, or the footer, that is being made.</summary>
    public ByteBuffer Chunk { get; } = new();
}

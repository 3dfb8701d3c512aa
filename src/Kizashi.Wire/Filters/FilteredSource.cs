using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Kizashi.Wire.Capture;

namespace Kizashi.Wire.Filters;

/// <summary>The frames of another source that match a filter expression.</summary>
/// <remarks>
/// A block's position counts the frames of the unfiltered content. The expression goes into its hashes, for the same place with
/// another filter is not the same batch.
/// </remarks>
public sealed class FilteredSource : IFrameSource
{
    private readonly IFrameSource _inner;
    private readonly string _expression;
    private readonly byte[] _hashInput;
    private BpfFilter? _filter;

    /// <param name="inner">Disposed of with this source.</param>
    /// <param name="expression">As for tcpdump; compiled with the first block, for its link type.</param>
    public FilteredSource(IFrameSource inner, string expression)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(expression);
        _inner = inner;
        _expression = expression;
        _hashInput = [.. new byte[16], .. Encoding.UTF8.GetBytes(expression)];
    }

    public string Name => _inner.Name;

    public CaptureDamage? Damage => _inner.Damage;

    public double? Progress => _inner.Progress;

    public long Dropped => _inner.Dropped;

    /// <exception cref="FilterException">The expression is wrong for the link type of the frames.</exception>
    public FrameSourceStatus Read(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        while (true)
        {
            var status = _inner.Read(block);
            if (status != FrameSourceStatus.Frames)
                return status;

            if (_filter?.Link != block.Link)
                _filter = BpfFilter.Compile(_expression, block.Link);

            _filter.Apply(block);
            if (block.Count == 0)
                continue;

            block.StartHash = WithExpression(block.StartHash);
            block.ContentHash = WithExpression(block.ContentHash);
            return FrameSourceStatus.Frames;
        }
    }

    public void Dispose() => _inner.Dispose();

    private UInt128 WithExpression(UInt128 hash)
    {
        BinaryPrimitives.WriteUInt128BigEndian(_hashInput, hash);
        return XxHash128.HashToUInt128(_hashInput);
    }
}

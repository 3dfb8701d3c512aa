using Kizashi.Store.Embedded.Parquet;
using ParquetSharp;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>The segment of one kind that a writer is filling; its file is made with the first row group.</summary>
internal sealed class SegmentDraft(SegmentFolder folder, SegmentKind kind, EncoderBuffers buffers) : IDisposable
{
    private SegmentExtent _extent = SegmentExtent.Empty;
    private SegmentFileWriter? _writer;
    private string? _name;
    private long _id;

    /// <summary>The open file, unfinished.</summary>
    public SegmentFileWriter File
    {
        get
        {
            if (_writer is null)
            {
                _id = folder.NextId();
                _name = SegmentFolder.FileName(kind, SegmentTier.Raw, _id);
                _writer = new SegmentFileWriter(folder.UnfinishedPath(_name), kind, buffers);
            }

            return _writer;
        }
    }

    public void Include(in SegmentExtent extent)
    {
        _extent.Rows += extent.Rows;
        _extent.Packets += extent.Packets;
        _extent.Simulated |= extent.Simulated;
        _extent.Add(extent.MinSlot, extent.MaxSlot, extent.MinSource, extent.MaxSource);
    }

    /// <summary>Closes the file and puts it on the disk for good; null when there is none.</summary>
    public Segment? Finish(long stored)
    {
        if (_writer is null || _name is null)
            return null;

        _writer.Close();
        _writer.Dispose();
        _writer = null;
        return new Segment
        {
            Id = _id,
            Kind = kind,
            Tier = SegmentTier.Raw,
            File = _name,
            Rows = _extent.Rows,
            Packets = _extent.Packets,
            Bytes = folder.Finish(_name),
            MinSlot = _extent.MinSlot,
            MaxSlot = _extent.MaxSlot,
            MinSource = _extent.MinSource,
            MaxSource = _extent.MaxSource,
            Simulated = _extent.Simulated,
            Stored = stored,
        };
    }

    /// <summary>Starts anew after a commit.</summary>
    public void Forget()
    {
        _extent = SegmentExtent.Empty;
        _name = null;
    }

    /// <summary>Removes what was written, on a disk that may be failing.</summary>
    public void Abandon()
    {
        try
        {
            _writer?.Dispose();
            if (_name is not null)
                folder.Delete(_name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ParquetException)
        {
            // What cannot be removed now is not listed, so the next start removes it.
        }

        _writer = null;
        Forget();
    }

    public void Dispose() => Abandon();
}

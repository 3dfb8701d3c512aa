using System.Globalization;
using Kizashi.Core.Observations;
using Kizashi.Link.Frames;

namespace Kizashi.Link.Spool;

/// <summary>Writes a sensor's observations into files of a directory, each a stream of its own that says whose it is.</summary>
/// <remarks>A file is called .part while it is written. What the disk does not take is counted, and told with the next batch that it takes.</remarks>
public sealed class SpoolWriter : IObservationOutput, IDisposable
{
    internal const string Extension = ".observations";
    internal const string Part = ".part";

    private readonly SpoolOptions _options;
    private readonly SensorHello _hello;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private FileStream? _file;
    private SensorStreamWriter? _writer;
    private long _began;
    private long _closedBytes;
    private long _untold;
    private long _refused;

    /// <exception cref="IOException">The directory cannot be made or read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it.</exception>
    public SpoolWriter(SpoolOptions options, SensorHello hello, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _hello, _time) = (options, hello, time);
        Directory.CreateDirectory(options.Folder);
        _closedBytes = FolderBytes();
    }

    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Why nothing is written at present, for people; null when all is well.</summary>
    public string? Problem { get; private set; }

    public void Take(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_gate)
        {
            if (Try(writer => writer.Take(_untold == 0 ? batch : WithLoss(batch, _untold))))
                _untold = 0;
            else
                Refuse(batch.Health.Packets);
        }
    }

    public void Interval(long watermarkMillis)
    {
        lock (_gate)
        {
            Try(writer => writer.Interval(watermarkMillis));
            if (_writer is not null && (_writer.Length >= _options.FileBytes || _time.GetElapsedTime(_began) >= _options.FileSpan))
                CloseFile();
        }
    }

    public void Status<T>(T status)
    {
        lock (_gate)
            Try(writer => writer.Status(status));
    }

    public void Finish<T>(T summary)
    {
        lock (_gate)
        {
            Try(writer => writer.Finish(summary));
            CloseFile();
        }
    }

    public void Dispose()
    {
        lock (_gate)
            CloseFile();
    }

    private static ObservationBatch WithLoss(ObservationBatch batch, long packets) => new()
    {
        Id = batch.Id,
        Sensor = batch.Sensor,
        Shard = batch.Shard,
        Shards = batch.Shards,
        FromMillis = batch.FromMillis,
        WatermarkMillis = batch.WatermarkMillis,
        Simulated = batch.Simulated,
        V4 = batch.V4,
        V6 = batch.V6,
        BackscatterV4 = batch.BackscatterV4,
        BackscatterV6 = batch.BackscatterV6,
        Samples = batch.Samples,
        Health = batch.Health with { Dropped = batch.Health.Dropped + packets },
    };

    // Whoever takes the files away makes room.
    private bool IsFull()
    {
        if (_closedBytes + (_writer?.Length ?? 0) < _options.MostBytes)
            return false;

        CloseFile();
        _closedBytes = FolderBytes();
        return _closedBytes >= _options.MostBytes;
    }

    private long FolderBytes() =>
        new DirectoryInfo(_options.Folder).EnumerateFiles("*" + Extension + "*").Sum(file => file.Length);

    private void Refuse(long packets)
    {
        _untold += packets;
        Interlocked.Add(ref _refused, packets);
    }

    private bool Try(Action<SensorStreamWriter> write)
    {
        try
        {
            if (IsFull())
            {
                Problem = $"{_options.Folder} holds as much as it may";
                return false;
            }

            write(_writer ?? Open());
            Problem = null;
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What was begun is cut off; readers stop before it.
            Problem = fault.Message;
            CloseFile();
            return false;
        }
    }

    private SensorStreamWriter Open()
    {
        var name = _time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'.'fff'Z'", CultureInfo.InvariantCulture);
        var path = Path.Combine(_options.Folder, name + Extension + Part);
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
        _began = _time.GetTimestamp();
        return _writer = new SensorStreamWriter(_file, _hello);
    }

    private void CloseFile()
    {
        if (_file is null)
            return;

        var (file, path) = (_file, _file.Name);
        (_file, _writer) = (null, null);
        try
        {
            file.Flush(flushToDisk: true);
        }
        catch (IOException fault)
        {
            Problem = fault.Message;
        }

        file.SafeFileHandle.Dispose();
        _closedBytes += new FileInfo(path).Length;
        try
        {
            File.Move(path, path[..^Part.Length]);
        }
        catch (IOException fault)
        {
            Problem = fault.Message;
        }
    }
}

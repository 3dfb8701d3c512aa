using System.ComponentModel.DataAnnotations;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Telescope.Recording;

/// <summary>Keeps raw packets in rotating zstd captures, bounded by size and age; a thread of its own compresses and writes.</summary>
/// <remarks>A full disk stops it, is counted and tried again every ten seconds. Files of a killed run are kept as far as they go.</remarks>
public sealed class CaptureRecorder : IDisposable
{
    private const int BlocksInFlight = 8;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly RecorderOptions _options;
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private readonly Stack<RecordedBlock> _free = [];
    private readonly Queue<RecordedBlock> _waiting = [];
    private readonly Thread _thread;
    private RecordingFile? _file;
    private string? _problem;
    private long _frames;
    private long _inFile;
    private long _lost;
    private long _files;
    private long _failedAt;
    private bool _ending;

    /// <exception cref="ValidationException">The options have a fault.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public CaptureRecorder(RecorderOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_options, _time) = (options, time);
        Directory.CreateDirectory(options.Folder);
        AdoptUnfinished();
        for (var block = 0; block < BlocksInFlight; block++)
            _free.Push(new RecordedBlock());

        _thread = new Thread(WriteAll) { Name = "recorder", IsBackground = true };
        _thread.Start();
    }

    public RecorderStatus Status
    {
        get
        {
            lock (_gate)
                return new RecorderStatus(_frames, _lost, _files, _problem);
        }
    }

    /// <summary>Takes a copy of the frames.</summary>
    public void Record(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        lock (_gate)
        {
            while (_free.Count == 0 && _options.Waits && !_ending)
                Monitor.Wait(_gate);

            if (!_free.TryPop(out var copy))
            {
                _lost += block.Count;
                return;
            }

            copy.CopyFrom(block);
            _waiting.Enqueue(copy);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Writes what is waiting and ends the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ending = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
    }

    private void WriteAll()
    {
        while (Next() is { } block)
        {
            Write(block);
            lock (_gate)
            {
                _free.Push(block);
                Monitor.PulseAll(_gate);
            }
        }

        Try(Complete);
    }

    private RecordedBlock? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_ending)
                Monitor.Wait(_gate);

            return _waiting.TryDequeue(out var block) ? block : null;
        }
    }

    private void Write(RecordedBlock block)
    {
        if (Status.Problem is not null && _time.GetElapsedTime(_failedAt) < RetryAfter)
        {
            Lose(block.Count);
            return;
        }

        var written = 0;
        Try(() =>
        {
            for (; written < block.Count; written++)
                Write(block, written);
        });
        Lose(block.Count - written);
    }

    private void Write(RecordedBlock block, int frame)
    {
        var micros = block.Time(frame);
        if (_file is not null && _file.IsDue(_options, block.Link, micros))
            Complete();

        _file ??= new RecordingFile(_options, block.Link, micros, _files);
        _file.Write(micros, block.Frame(frame), block.WireLength(frame));
        _inFile++;
    }

    private void Lose(int frames)
    {
        lock (_gate)
            _lost += frames;
    }

    /// <summary>Does what may find the disk full or failing; then the file is given up with its frames, and the problem told.</summary>
    private void Try(Action write)
    {
        try
        {
            write();
            lock (_gate)
                _problem = null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _failedAt = _time.GetTimestamp();
            lock (_gate)
            {
                _problem = $"Recording to {_options.Folder} has stopped: {fault.Message}";
                _lost += _inFile;
            }

            _inFile = 0;
            _file?.Dispose();
            _file = null;
        }
    }

    private void Complete()
    {
        if (_file is null)
            return;

        _file.Complete();
        _file = null;
        lock (_gate)
        {
            _frames += _inFile;
            _files++;
        }

        _inFile = 0;
        RemoveOld();
    }

    /// <summary>Removes files that are too old, and the oldest while all together are too big.</summary>
    private void RemoveOld()
    {
        var files = new DirectoryInfo(_options.Folder).GetFiles($"{_options.Name}-*{RecordingFile.Ending}")
            .OrderByDescending(file => file.Name, StringComparer.Ordinal);
        var oldest = _time.GetUtcNow() - _options.Keep;
        var bytes = 0L;
        foreach (var file in files)
        {
            bytes += file.Length;
            if (bytes > _options.TotalBytes || file.LastWriteTimeUtc < oldest)
                file.Delete();
        }
    }

    private void AdoptUnfinished()
    {
        const string Unfinished = RecordingFile.Ending + RecordingFile.PartEnding;
        foreach (var path in Directory.GetFiles(_options.Folder, $"{_options.Name}-*{Unfinished}"))
            File.Move(path, path[..^RecordingFile.PartEnding.Length], overwrite: true);
    }
}

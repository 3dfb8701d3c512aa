namespace Kizashi.Wire.Capture.Sequences;

/// <summary>Several captures, read one after the other; those of a directory also as they appear.</summary>
/// <remarks>
/// A damaged file is read up to the damage, and the next one follows. At the end of all the source answers
/// <see cref="FrameSourceStatus.Damaged"/> if one was. Positions and hashes of blocks are those within their file; a file that grew
/// after it was read, and was the last one read, goes on under its number.
/// </remarks>
public sealed class CaptureSequence : IFrameSource
{
    /// <summary>Stands for standard input in the list of paths.</summary>
    public const string StandardInput = "-";

    private const int MaximumDamages = 1000;

    private readonly CaptureSequenceOptions _options;
    private readonly Queue<string> _waiting = [];
    private readonly List<CaptureDamage> _damages = [];
    private readonly List<string> _skipped = [];
    private readonly FolderWatch? _watch;
    private readonly bool _lengthIsKnown;
    private readonly long _totalBytes;
    private long _readBytes;
    private long _currentBytes;
    private IFrameSource? _current;
    private FollowedFile? _followed;
    private long _skip;
    private int _number = -1;
    private string? _numbered;
    private bool _isNumbered;

    /// <param name="paths">Files, directories, or <see cref="StandardInput"/>.</param>
    /// <param name="options">The defaults if absent.</param>
    /// <exception cref="FileNotFoundException">A path is neither a file nor a directory.</exception>
    public CaptureSequence(IEnumerable<string> paths, CaptureSequenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        _options = options ?? new CaptureSequenceOptions();
        var given = paths.ToList();
        var missing = given.Find(path => path != StandardInput && !File.Exists(path) && !Directory.Exists(path));
        if (missing is not null)
            throw new FileNotFoundException($"{missing}: no such file or directory", missing);

        Name = given.Count == 1 ? given[0] : $"{given.Count} captures";
        var folders = given.Where(Directory.Exists).ToList();
        if (_options.Follow && folders.Count > 0)
            _watch = new FolderWatch(folders, _options);

        foreach (var path in Arrange(given.SelectMany(Expand)))
            _waiting.Enqueue(path);

        _lengthIsKnown = _watch is null && !_waiting.Contains(StandardInput);
        _totalBytes = _lengthIsKnown ? _waiting.Sum(Length) : 0;
    }

    public string Name { get; }

    /// <summary>The first damage found, once all captures have been read.</summary>
    public CaptureDamage? Damage { get; private set; }

    /// <summary>All damages found so far, of at most 1,000 files.</summary>
    public IReadOnlyList<CaptureDamage> Damages => _damages;

    /// <summary>Damaged files beyond those in <see cref="Damages"/>.</summary>
    public long FurtherDamages { get; private set; }

    /// <summary>Files of directories that are no captures.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>The file being read, null between files.</summary>
    public string? Current => _current?.Name;

    public double? Progress => !_lengthIsKnown
        ? null
        : Math.Min(1, (_readBytes + (_currentBytes * (_current?.Progress ?? 0))) / Math.Max(1, _totalBytes));

    public long Dropped => 0;

    public FrameSourceStatus Read(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        while (_current is not null || TryOpenNext())
        {
            if (_current is null)
                continue;

            if (_current.Read(block) != FrameSourceStatus.Frames)
                CloseCurrent();
            else if (DropTaken(block))
                return Give(block);
        }

        block.Count = 0;
        if (_watch is not null)
        {
            Thread.Sleep(_options.IdleWait);
            return FrameSourceStatus.Idle;
        }

        Damage = Conclude();
        return Damage is null ? FrameSourceStatus.End : FrameSourceStatus.Damaged;
    }

    public void Dispose() => _current?.Dispose();

    private IEnumerable<string> Expand(string path)
    {
        if (path == StandardInput || !Directory.Exists(path))
            return [path];

        if (_watch is not null)
            return [];

        var files = CaptureFolder.Files(path);
        var captures = files.Where(CaptureFile.IsCapture).ToList();
        _skipped.AddRange(files.Except(captures));
        return captures;
    }

    private IEnumerable<string> Arrange(IEnumerable<string> paths) =>
        _options.Order == CaptureOrder.Name ? paths : paths.OrderBy(FirstMicros).ThenBy(path => path, NaturalOrder.Instance);

    private long FirstMicros(string path)
    {
        if (path == StandardInput)
            return long.MaxValue;

        try
        {
            using var source = CaptureFile.Open(path, _options.Capture);
            var block = new FrameBlock();
            return source.Read(block) == FrameSourceStatus.Frames ? block.TimeMicros[0] : long.MaxValue;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is reported when its turn comes.
            return long.MaxValue;
        }
    }

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    private CaptureDamage? Conclude()
    {
        var others = _damages.Count - 1 + FurtherDamages;
        return others < 1 ? _damages.FirstOrDefault() : _damages[0] with { Reason = $"{_damages[0].Reason}; damaged files besides: {others}" };
    }

    /// <summary>False when there is nothing to open (yet).</summary>
    private bool TryOpenNext()
    {
        _followed = null;
        _skip = 0;
        _isNumbered = false;
        if (_waiting.TryDequeue(out var path))
        {
            Open(path);
            return true;
        }

        _followed = _watch?.Next();
        if (_followed is null)
            return false;

        _followed.Take();
        _skip = _followed.TakenFrames;
        Open(_followed.Path);
        return true;
    }

    private void Open(string path)
    {
        _currentBytes = _lengthIsKnown ? Length(path) : 0;
        try
        {
            _current = path == StandardInput
                ? CaptureFile.Open(Console.OpenStandardInput(), "standard input", _options.Capture)
                : CaptureFile.Open(path, _options.Capture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Note(new CaptureDamage(path, 0, $"cannot be opened: {e.Message}"));
            _readBytes += _currentBytes;
        }
    }

    private void CloseCurrent()
    {
        // A file that is read again because it grew has the damage of the last time, or none any more.
        _damages.RemoveAll(known => known.File == _current?.Name);
        if (_current?.Damage is { } damage)
            Note(damage);

        _current?.Dispose();
        _current = null;
        _readBytes += _currentBytes;
    }

    private void Note(CaptureDamage damage)
    {
        if (_damages.Count < MaximumDamages)
            _damages.Add(damage);
        else
            FurtherDamages++;
    }

    private FrameSourceStatus Give(FrameBlock block)
    {
        // Behind frames that were given before, the file that was last read goes on.
        if (!_isNumbered && (_skip == 0 || _numbered != _current!.Name))
            _number++;

        (_isNumbered, _numbered) = (true, _current!.Name);
        block.FileNumber = _number;
        return FrameSourceStatus.Frames;
    }

    /// <summary>Takes the frames out that were given when the file was shorter; false if nothing is left.</summary>
    private bool DropTaken(FrameBlock block)
    {
        if (_followed is not null)
            _followed.TakenFrames = Math.Max(_followed.TakenFrames, block.Position + block.Count);

        var dropped = (int)Math.Clamp(_skip - block.Position, 0, block.Count);
        if (dropped == 0)
            return true;

        block.RemoveFirst(dropped);
        return block.Count > 0;
    }
}

using Kizashi.Core.Observations;
using Kizashi.Link.Frames;

namespace Kizashi.Link.Spool;

/// <summary>Reads a directory of a sensor's observations, file after file, as one stream.</summary>
/// <remarks>A file that is cut off is read as far as it goes, for a sensor that is killed leaves one; a damaged one is left at the damage. Both are told in <see cref="Damage"/>.</remarks>
public sealed class SpoolReader : ISensorStream
{
    private readonly IReadOnlyList<string> _files;
    private SensorStreamReader _reader;
    private int _next = 1;

    /// <exception cref="LinkException">There are no observations in it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public SpoolReader(string folder)
    {
        if (!Directory.Exists(folder))
            throw new LinkException($"{folder} is not a directory");

        _files = [.. Directory.EnumerateFiles(folder, "*" + SpoolWriter.Extension + "*").Order(StringComparer.Ordinal)];
        if (_files.Count == 0)
            throw new LinkException($"{folder} holds no observations of a sensor (files *{SpoolWriter.Extension})");

        _reader = Open(_files[0]);
        Hello = _reader.Hello;
    }

    public SensorHello Hello { get; }

    public FrameKind Kind => _reader.Kind;

    public double? Progress => (double)(_next - 1) / _files.Count;

    /// <summary>Where the first file that could not be read to its end broke off; null when there was none.</summary>
    public string? Damage { get; private set; }

    public bool Read()
    {
        while (true)
        {
            try
            {
                if (_reader.Read())
                    return true;
            }
            catch (LinkException fault)
            {
                // Of the file that is being written at the moment the rest comes later.
                if (!fault.IsCut || !_files[_next - 1].EndsWith(SpoolWriter.Part, StringComparison.Ordinal))
                    Damage ??= fault.Message;
            }

            if (_next == _files.Count)
                return false;

            _reader.Dispose();
            _reader = Open(_files[_next++]);
            if (_reader.Hello.Sensor != Hello.Sensor || _reader.Hello.Shards != Hello.Shards)
                throw new LinkException($"{_files[_next - 1]} is of the sensor {_reader.Hello.Sensor} with {_reader.Hello.Shards} shards, the files before of {Hello.Sensor} with {Hello.Shards}; each has a directory of its own");
        }
    }

    public long Watermark() => _reader.Watermark();

    public ObservationBatch Batch() => _reader.Batch();

    public T Json<T>()
        where T : class => _reader.Json<T>();

    public void Dispose() => _reader.Dispose();

    private static SensorStreamReader Open(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16), path);
}

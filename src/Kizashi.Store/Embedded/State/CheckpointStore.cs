using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Segments;

namespace Kizashi.Store.Embedded.State;

/// <summary>
/// Checkpoints of analyzers: each state is a file of its own, since it may be large, and SQLite names the valid one.
/// </summary>
internal sealed class CheckpointStore : ICheckpointStore
{
    private readonly StateDatabase _state;
    private readonly BatchReplay _replay;
    private readonly string _folder;
    private readonly Lock _saving = new();
    private long _lastId;

    public CheckpointStore(StateDatabase state, BatchReplay replay, string dataDirectory)
    {
        _state = state;
        _replay = replay;
        _folder = Path.Combine(dataDirectory, "checkpoints");
        Directory.CreateDirectory(_folder);
        var listed = state.Read(session => session.Rows("SELECT file FROM checkpoint", row => row.GetString(0))).ToHashSet();
        foreach (var path in Directory.EnumerateFiles(_folder))
        {
            var name = Path.GetFileName(path);
            if (listed.Contains(name) && long.TryParse(
                name.Split('.', '-')[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id))
            {
                _lastId = Math.Max(_lastId, id);
            }
            else
            {
                File.Delete(path);
            }
        }
    }

    public AnalyzerCheckpoint? Find(string sensor)
    {
        lock (_saving)
        {
            var found = _state.Read(session => session.First(
                "SELECT sequence, watermark_ms, file FROM checkpoint WHERE sensor = $0",
                row => new { Sequence = row.GetInt64(0), Watermark = row.GetInt64(1), File = row.GetString(2) }, sensor));
            return found is null
                ? null
                : new AnalyzerCheckpoint(
                    sensor, found.Sequence, found.Watermark, File.ReadAllBytes(Path.Combine(_folder, found.File)));
        }
    }

    public void Save(AnalyzerCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        lock (_saving)
        {
            // The sensor's name is not fit for a path; its hash is.
            var sensor = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(checkpoint.Sensor));
            var name = string.Create(CultureInfo.InvariantCulture, $"{sensor:x16}-{++_lastId:x12}.state");
            Write(Path.Combine(_folder, name), checkpoint.State);
            var old = _state.Write(session =>
            {
                var before = session.First(
                    "SELECT file FROM checkpoint WHERE sensor = $0", row => row.GetString(0), checkpoint.Sensor);
                session.Execute(
                    "INSERT OR REPLACE INTO checkpoint VALUES ($0, $1, $2, $3)",
                    checkpoint.Sensor, checkpoint.Sequence, checkpoint.WatermarkMillis, name);
                return before;
            });
            if (old is not null)
                File.Delete(Path.Combine(_folder, old));
        }
    }

    public long LatestSequence(string sensor) =>
        _state.Read(session => session.Number("SELECT sequence FROM sensor WHERE name = $0", sensor));

    /// <remarks>Batches that a checkpoint covered may have been compacted; those come back no more.</remarks>
    public IEnumerable<(long Sequence, ObservationBatch Batch)> ReadAfter(string sensor, long sequence) =>
        _replay.After(sensor, sequence);

    private void Write(string path, byte[] state)
    {
        using (var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, state, 0);
            RandomAccess.FlushToDisk(handle);
        }

        SegmentFolder.FlushDirectory(_folder);
    }
}

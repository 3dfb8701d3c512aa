using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text.Json;
using Kizashi.Core;
using Kizashi.Store.Embedded.Rollups;
using Kizashi.Store.Embedded.State;

namespace Kizashi.Store.Embedded.Segments;

/// <summary>
/// The ledger of batches: takes each id once, and writes segments, batches and rollups of a commit in one transaction.
/// </summary>
internal sealed class BatchLedger(StateDatabase state, SegmentCatalog catalog, CoverageMap coverage, TimeProvider time)
{
    // Ids that writers hold and have not committed. Bounded by what writers buffer.
    private readonly ConcurrentDictionary<UInt128, bool> _claimed = [];

    /// <summary>True when the id is new; it then belongs to the caller until it is committed or released.</summary>
    public bool Claim(UInt128 id)
    {
        if (!_claimed.TryAdd(id, true))
            return false;

        if (!state.Read(session => session.Exists("SELECT 1 FROM batch_id WHERE id = $0", ToBytes(id))))
            return true;

        _claimed.TryRemove(id, out _);
        return false;
    }

    public void Release(IEnumerable<PendingBatch> batches)
    {
        foreach (var batch in batches)
            _claimed.TryRemove(batch.Id, out _);
    }

    /// <summary>Makes a commit durable and visible, all of it or nothing.</summary>
    public void Commit(CommitRecord commit)
    {
        var segments = commit.Segments;
        var stored = time.GetUtcNow().ToUnixTimeMilliseconds();
        state.Write(session =>
        {
            var sequence = session.Number("SELECT sequence FROM sensor WHERE name = $0", commit.Sensor);
            var last = sequence + commit.Batches.Count;
            segments = [.. segments.Select(segment => segment with { Sensor = commit.Sensor, LastSequence = last })];
            foreach (var segment in segments)
                SegmentTable.Insert(session, segment);

            foreach (var batch in commit.Batches)
                Insert(session, (commit, stored), batch, ++sequence);

            session.Execute(
                "INSERT INTO sensor VALUES ($0, $1) ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence",
                commit.Sensor, last);
            RollupStore.Add(session, commit.Sensor, commit.Rollups, stored);
            foreach (var (from, to) in commit.Coverage)
                coverage.Save(session, commit.Sensor, from, to);

            // In the transaction's lock, so that the list in memory changes in the order of commits.
            session.Committed(() =>
            {
                foreach (var (from, to) in commit.Coverage)
                    coverage.Add(commit.Sensor, from, to);

                catalog.Replace([], segments);
            });
        });
        Release(commit.Batches);
    }

    public static byte[] ToBytes(UInt128 value)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes;
    }

    private static void Insert(
        SqliteSession session, (CommitRecord Commit, long Stored) within, PendingBatch batch, long sequence)
    {
        var id = ToBytes(batch.Id);
        var (commit, stored) = within;
        session.Execute("INSERT INTO batch_id VALUES ($0, $1)", id, stored);
        session.Execute(
            """
            INSERT INTO batch VALUES (
                $0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """,
            commit.Sensor, sequence, id, batch.Shard, batch.Shards, batch.FromMillis, batch.WatermarkMillis,
            batch.Simulated ? 1 : 0, JsonSerializer.Serialize(batch.Health, KizashiJson.Options), stored,
            batch.V4Rows, batch.V6Rows, batch.BackscatterV4Rows, batch.BackscatterV6Rows, batch.Samples,
            commit.SegmentOf(SegmentKind.V4, batch), commit.SegmentOf(SegmentKind.V6, batch),
            commit.SegmentOf(SegmentKind.Backscatter, batch), commit.SegmentOf(SegmentKind.Sample, batch));
    }
}

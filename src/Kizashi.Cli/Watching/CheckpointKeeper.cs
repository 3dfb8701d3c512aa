using System.Buffers.Binary;
using System.Text;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Watching;

/// <summary>Carries a live sensor's analyzers over a restart: saved state, then what was stored after it.</summary>
internal sealed class CheckpointKeeper(SessionServices services, string sensor)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private long _last = services.Time.GetTimestamp();

    /// <summary>Makes analyzers in the state they would have without the restart, and gives their findings on the way to the judge.</summary>
    public IReadOnlyList<IAnalyzer> Restore(Func<IReadOnlyList<IAnalyzer>> create, Action<List<Finding>> judge)
    {
        var analyzers = create();
        var checkpoint = services.Checkpoints.Find(sensor);
        if (checkpoint is not null && !TryLoad(analyzers, checkpoint))
        {
            // Some may have taken their part before another refused.
            analyzers = create();
            checkpoint = null;
        }

        var findings = new List<Finding>();
        var replay = new StoredReplay(services.Checkpoints, new Dictionary<string, long> { [sensor] = checkpoint?.Sequence ?? 0 });
        foreach (var watermark in replay.Run(Observe, checkpoint?.WatermarkMillis ?? 0))
        {
            foreach (var analyzer in analyzers)
                analyzer.Advance(watermark, findings);

            judge(findings);
        }

        return analyzers;

        void Observe(ObservationBatch batch)
        {
            foreach (var analyzer in analyzers)
                analyzer.Observe(batch);
        }
    }

    public void SaveIfDue(IReadOnlyList<IAnalyzer> analyzers, long watermarkMillis)
    {
        if (services.Time.GetElapsedTime(_last) >= Every)
            Save(analyzers, watermarkMillis);
    }

    public void Save(IReadOnlyList<IAnalyzer> analyzers, long watermarkMillis)
    {
        using var state = new MemoryStream();
        foreach (var analyzer in analyzers)
            Write(state, analyzer);

        services.Checkpoints.Save(
            new AnalyzerCheckpoint(sensor, services.Checkpoints.LatestSequence(sensor), watermarkMillis, state.ToArray()));
        _last = services.Time.GetTimestamp();
    }

    private static void Write(MemoryStream state, IAnalyzer analyzer)
    {
        using var own = new MemoryStream();
        analyzer.Save(own);
        var name = Encoding.UTF8.GetBytes(analyzer.Name);
        Span<byte> lengths = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(lengths, name.Length);
        BinaryPrimitives.WriteInt64LittleEndian(lengths[4..], own.Length);
        state.Write(lengths);
        state.Write(name);
        own.WriteTo(state);
    }

    private bool TryLoad(IReadOnlyList<IAnalyzer> analyzers, AnalyzerCheckpoint checkpoint)
    {
        try
        {
            var states = Split(checkpoint.State);
            foreach (var analyzer in analyzers)
            {
                if (states.TryGetValue(analyzer.Name, out var state))
                    analyzer.Load(new MemoryStream(state, writable: false));
            }

            return true;
        }
        catch (InvalidDataException fault)
        {
            SessionLog.CheckpointUnusable(services.Log, sensor, fault.Message);
            return false;
        }
    }

    private static Dictionary<string, byte[]> Split(byte[] bytes)
    {
        var states = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var rest = bytes.AsSpan();
        while (rest.Length >= 12)
        {
            var nameLength = BinaryPrimitives.ReadInt32LittleEndian(rest);
            var length = BinaryPrimitives.ReadInt64LittleEndian(rest[4..]);
            rest = rest[12..];
            if (nameLength < 0 || length < 0 || nameLength + length > rest.Length)
                throw new InvalidDataException("the checkpoint's lengths do not fit");

            states[Encoding.UTF8.GetString(rest[..nameLength])] = rest.Slice(nameLength, (int)length).ToArray();
            rest = rest[(nameLength + (int)length)..];
        }

        return states;
    }
}

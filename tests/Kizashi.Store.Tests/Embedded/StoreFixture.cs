using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded;
using Kizashi.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Store.Tests.Embedded;

/// <summary>A store in a folder of its own with a clock that stands still.</summary>
internal sealed class StoreFixture : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public StoreFixture(bool book = false, Action<EmbeddedStoreOptions>? change = null, Func<string, long>? freeSpace = null)
    {
        Options = new EmbeddedStoreOptions { DataDirectory = _folder.File("data"), ReserveBytes = 0 };
        change?.Invoke(Options);
        Book = new FakeBook(book);
        FreeSpace = freeSpace;
        Store = EmbeddedStore.Open(Options, Time, Book, null, freeSpace);
    }

    public EmbeddedStoreOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(Noon);

    public FakeBook Book { get; }

    public Func<string, long>? FreeSpace { get; }

    public EmbeddedStore Store { get; private set; }

    public string DataDirectory => Options.DataDirectory;

    public string[] SegmentFiles => Directory.GetFiles(Path.Combine(DataDirectory, "segments"));

    public void Reopen()
    {
        Store.Dispose();
        Store = EmbeddedStore.Open(Options, Time, Book, null, FreeSpace);
    }

    public void Add(params IEnumerable<ObservationBatch> batches)
    {
        foreach (var group in batches.GroupBy(batch => batch.Sensor))
        {
            using var writer = Store.OpenWriter(group.Key);
            foreach (var batch in group)
                Assert.Equal(AppendOutcome.Taken, writer.Append(batch));

            Assert.True(writer.Commit());
        }
    }

    /// <summary>Lets compaction have every batch of the sensors.</summary>
    public void Checkpoint(params string[] sensors)
    {
        foreach (var sensor in sensors)
            Store.Checkpoints.Save(new AnalyzerCheckpoint(sensor, Store.Checkpoints.LatestSequence(sensor), 0, []));
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }
}

using System.Text;
using Kizashi.Core.Observations;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded;

namespace Kizashi.Store.Tests.Embedded;

/// <summary>What this very program does when it was started to be killed: append, commit and compact for ever.</summary>
public sealed class CrashChild
{
    public const string Variable = "KIZASHI_STORE_CRASH_CHILD";
    public const int Writers = 2;

    private static readonly Stream Output = Console.OpenStandardOutput();

    /// <summary>The batch of a writer and number, the same in child and parent.</summary>
    internal static ObservationBatch Batch(int writer, int number) =>
        Batches.Random((writer * 100_000) + number, 1, 150, StoreFixture.Noon.AddMinutes(number), 3)[0];

    internal static EmbeddedStore Open(string folder) => EmbeddedStore.Open(
        new EmbeddedStoreOptions { DataDirectory = folder, ReserveBytes = 0, RowGroupRows = 100 },
        TimeProvider.System, new FakeBook(true));

    [Fact(Explicit = true)]
    public void Appends_commits_and_compacts_until_it_is_killed()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.False(string.IsNullOrEmpty(folder), "only CrashTests start this");
        using var store = Open(folder);
        for (var writer = 0; writer < Writers; writer++)
        {
            var own = writer;
            new Thread(() => Write(store, own)).Start();
        }

        while (true)
        {
            store.Checkpoints.Save(new AnalyzerCheckpoint(
                Batches.Sensor, store.Checkpoints.LatestSequence(Batches.Sensor), 0, [1, 2, 3]));
            store.Maintenance.Compact(cancellation: TestContext.Current.CancellationToken);
        }
    }

    private static void Write(EmbeddedStore store, int own)
    {
        using var writer = store.OpenWriter(Batches.Sensor);
        for (var number = 0; ; number++)
        {
            writer.Append(Batch(own, number));
            if (number % 3 != 2)
                continue;

            writer.Commit();
            // One write of a whole line, so that a kill cannot cut it.
            Output.Write(Encoding.ASCII.GetBytes($"committed {own} {number}\n"));
        }
    }
}

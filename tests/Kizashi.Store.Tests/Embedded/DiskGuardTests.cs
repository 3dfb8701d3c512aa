using System.Diagnostics;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded;
using Kizashi.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Store.Tests.Embedded;

public sealed class DiskGuardTests
{
    [Fact]
    public void Below_the_reserve_batches_are_refused_and_counted_until_there_is_room_again()
    {
        var free = 1000L;
        using var fixture = new StoreFixture(change: options => options.ReserveBytes = 500, freeSpace: _ => free);
        var batches = Batches.Random(1, 6, 20, StoreFixture.Noon, 5);
        var said = new List<string?>();
        fixture.Store.ProblemChanged += said.Add;
        using var writer = fixture.Store.OpenWriter(Batches.Sensor);
        Assert.Equal(AppendOutcome.Taken, writer.Append(batches[0]));
        free = 499;
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AppendOutcome.Refused, writer.Append(batches[1]));
        Assert.Equal(AppendOutcome.Refused, writer.Append(batches[2]));
        Assert.True(writer.Commit());
        Assert.Equal(2, fixture.Store.Statistics.Refused);
        Assert.Equal("The disk is full: nothing is stored since 2026-11-23 12:00:01 UTC.", fixture.Store.Statistics.Problem);
        free = 1000;
        Assert.Equal(AppendOutcome.Refused, writer.Append(batches[1]));
        fixture.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(AppendOutcome.Taken, writer.Append(batches[1]));
        Assert.Null(fixture.Store.Statistics.Problem);
        Assert.True(writer.Commit());
        Assert.Equal(2, fixture.Store.Checkpoints.LatestSequence(Batches.Sensor));
        Assert.Equal(2, said.Count);
    }

    [Fact]
    public void A_disk_that_is_really_full_stops_the_storing_and_nothing_else_and_it_goes_on_by_itself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "mounting a small disk needs root");
        using var folder = new TemporaryFolder();
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder.Path) == 0, "mounting is not permitted here");
        try
        {
            FillUp(folder);
            Assert.Empty(OpenFiles(folder.Path));
        }
        finally
        {
            // A process another test is just starting holds our open files until it runs its own program.
            var busy = Stopwatch.StartNew();
            while (Run("umount", folder.Path) != 0 && busy.Elapsed < TimeSpan.FromSeconds(10))
                Thread.Sleep(50);
        }
    }

    /// <summary>What this process still holds open or mapped below a folder: nothing, once the store is disposed.</summary>
    private static List<string> OpenFiles(string folder)
    {
        List<string> held =
        [
            .. Directory.GetFiles("/proc/self/fd").Select(link => new FileInfo(link).LinkTarget).OfType<string>(),
            .. File.ReadLines("/proc/self/maps").Select(line => line[(line.LastIndexOf(' ') + 1)..]),
        ];
        return held.FindAll(path => path.StartsWith(folder, StringComparison.Ordinal));
    }

    private static void FillUp(TemporaryFolder folder)
    {
        var time = new FakeTimeProvider(StoreFixture.Noon);
        var options = new EmbeddedStoreOptions { DataDirectory = folder.File("data"), ReserveBytes = 0, RowGroupRows = 2000 };
        File.WriteAllBytes(folder.File("ballast"), new byte[3 << 20]);
        using var store = EmbeddedStore.Open(options, time, new FakeBook(false));
        using var writer = store.OpenWriter(Batches.Sensor);
        var committed = 0;
        var batches = Batches.Random(3, 400, 3000, StoreFixture.Noon, 2);
        foreach (var batch in batches.TakeWhile(batch => writer.Append(batch) == AppendOutcome.Taken && writer.Commit()))
            committed++;

        Assert.InRange(committed, 1, 399);
        Assert.StartsWith("The disk failed: nothing is stored since", store.Statistics.Problem, StringComparison.Ordinal);
        Assert.True(store.Statistics.Refused > 0);
        Assert.Equal(AppendOutcome.Refused, writer.Append(batches[399]));
        Assert.Equal(committed, store.Checkpoints.ReadAfter(Batches.Sensor, 0).Count());

        File.Delete(folder.File("ballast"));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(AppendOutcome.Taken, writer.Append(batches[committed]));
        Assert.True(writer.Commit());
        Assert.Null(store.Statistics.Problem);
        Assert.Equal(
            batches.Take(committed + 1).SelectMany(Batches.Describe),
            store.Checkpoints.ReadAfter(Batches.Sensor, 0).SelectMany(item => Batches.Describe(item.Batch)));
        Assert.Empty(store.Maintenance.Check(cancellation: TestContext.Current.CancellationToken).Problems);
    }

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}

using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Kizashi.Core.Storage;
using Kizashi.Testing;

namespace Kizashi.Store.Tests.Embedded;

public sealed class CrashTests
{
    [Fact]
    public void Killed_at_any_moment_nothing_committed_is_lost_and_nothing_is_doubled() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 60]).Sample(KillAfter, iter: 5, threads: 1);

    private static void KillAfter(int commits, int milliseconds)
    {
        using var folder = new TemporaryFolder();
        var committed = RunChild(folder.File("data"), commits, milliseconds);
        using var store = CrashChild.Open(folder.File("data"));
        Assert.Empty(store.Maintenance.Check().Problems);
        var packets = store.Statistics.Packets;
        var range = new TimeRange(StoreFixture.Noon.AddHours(-1), StoreFixture.Noon.AddDays(2));
        var series = store.SeriesAsync(range, TimeSpan.FromDays(1), null, default).Result.Sum(point => point.Packets ?? 0);
        var countries = store.CountriesAsync(range, default).Result.Sum(country => country.Packets);
        var expected = 0L;
        for (var writer = 0; writer < CrashChild.Writers; writer++)
        {
            using var again = store.OpenWriter(Batches.Sensor);
            for (var number = 0; number < committed[writer] + 50; number++)
            {
                var batch = CrashChild.Batch(writer, number);
                if (again.Append(batch) == AppendOutcome.Duplicate)
                    expected += Expected.Of([batch]).Sum(row => row.Packets);
                else
                    Assert.True(number > committed[writer], $"batch {writer}/{number} was committed and is lost");
            }
        }

        Assert.True(committed.Max() >= 0);
        Assert.Equal((expected, expected, expected), (packets, series, countries));
    }

    private static int[] RunChild(string folder, int commits, int milliseconds)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Under "dotnet Tests.dll" the process is dotnet, which wants to be told what to run.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(CrashTests).Assembly.Location);

        foreach (var argument in new[] { "-class", typeof(CrashChild).FullName!, "-explicit", "only", "-noLogo" })
            start.ArgumentList.Add(argument);

        start.Environment[CrashChild.Variable] = folder;
        using var child = Process.Start(start)!;
        var committed = Enumerable.Repeat(-1, CrashChild.Writers).ToArray();
        for (var seen = 0; seen < commits && child.StandardOutput.ReadLine() is { } text;)
            seen += Note(committed, text) ? 1 : 0;

        Thread.Sleep(milliseconds);
        child.Kill();
        while (child.StandardOutput.ReadLine() is { } text)
            Note(committed, text);

        child.WaitForExit();
        return committed;
    }

    private static bool Note(int[] committed, string line)
    {
        var words = line.Split(' ');
        if (words is not ["committed", var writer, var number])
            return false;

        committed[int.Parse(writer, CultureInfo.InvariantCulture)] = int.Parse(number, CultureInfo.InvariantCulture);
        return true;
    }
}

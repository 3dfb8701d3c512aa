using System.Text.Json;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;
using Kizashi.Testing;
using Kizashi.Wire.Capture;

namespace Kizashi.Simulation.Tests;

public sealed class TruthWriterTests
{
    [Fact]
    public void The_file_has_the_keys_of_the_specification_and_its_name_only_when_whole()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("dos.truth.json");
        var scenario = Scenario.Preset("dos", new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), seed: 5) with { Duration = TimeSpan.FromHours(4) };
        using (var truth = new TruthWriter(path, scenario))
        {
            using var source = new SimulationSource(scenario, truth);
            var block = new FrameBlock();
            while (source.Read(block) == FrameSourceStatus.Frames)
                Assert.False(File.Exists(path));
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = json.RootElement;
        Assert.Equal(5, root.GetProperty("seed").GetInt32());
        Assert.Equal("198.18.0.0/22", root.GetProperty("dark")[0].GetString());
        Assert.Equal("2026-11-22T00:00:00.000Z", root.GetProperty("start").GetString());
        Assert.Equal(14_400, root.GetProperty("seconds").GetDouble());
        var events = root.GetProperty("events").EnumerateArray().ToArray();
        Assert.Equal(
            root.GetProperty("packets").GetInt64(),
            events.Where(truth => !truth.GetProperty("overlaps").GetBoolean()).Sum(truth => truth.GetProperty("packets").GetInt64()));
        var dos = events.Single(truth => truth.GetProperty("kind").GetString() == "dos" && truth.GetProperty("ports")[0].GetString() == "tcp/443");
        Assert.Equal("darknet.dos-victim", dos.GetProperty("expectedAlert").GetString());
        Assert.Equal(100, dos.GetProperty("targets").GetArrayLength());
        Assert.True(dos.GetProperty("targetCount").GetInt64() > 100);
    }

    [Fact]
    public void Nothing_is_left_of_a_truth_that_was_not_finished()
    {
        using var folder = new TemporaryFolder();
        new TruthWriter(folder.File("x.truth.json"), Scenario.Preset("quiet", DateTimeOffset.UnixEpoch)).Dispose();

        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}

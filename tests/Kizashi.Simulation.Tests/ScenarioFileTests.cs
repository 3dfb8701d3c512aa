using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Tests;

public sealed class ScenarioFileTests
{
    [Fact]
    public void Presets_survive_being_written_and_read()
    {
        foreach (var name in Scenario.PresetNames)
        {
            var preset = Scenario.Preset(name, new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), seed: 9);
            var read = ScenarioFile.Parse(ScenarioFile.Write(preset), out var faults);

            Assert.Empty(faults);
            Assert.Equal(preset.ContentHash, read!.ContentHash);
        }
    }

    [Fact]
    public void The_example_in_the_handbook_is_a_scenario()
    {
        var text = File.ReadAllText(Path.Combine(Testing.Repository.Root, "docs", "50-simulate.md"));
        var json = text.Split("```json")[1].Split("```")[0];

        var scenario = ScenarioFile.Parse(json, out var faults);
        Assert.Empty(faults);
        Assert.Equal(9, scenario!.Components.Count);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        const string Json = """
            {
              // Everything here is wrong somehow.
              "seed": -1, "dark": ["198.18.0.0/33"], "speed": 3, "diurnal": 2,
              "components": [
                { "kind": "worm" },
                { "kind": "dos", "answer": "smoke", "port": 70000 },
                { "kind": "survey" },
                { "kind": "flash", "port": "tcp/0", "packets": 0 },
                7,
              ],
            }
            """;

        Assert.Null(ScenarioFile.Parse(Json, out var faults));
        Assert.Contains("start: is needed.", faults);
        Assert.Contains("speed: there is no such key.", faults);
        Assert.Contains("seed: -1 does not fit.", faults);
        Assert.Contains(faults, fault => fault.StartsWith("dark: ", StringComparison.Ordinal));
        Assert.Contains("diurnal: 0 to 1.", faults);
        Assert.Contains(faults, fault => fault.StartsWith("components[0].kind: is one of background, dos, ", StringComparison.Ordinal));
        Assert.Contains("components[1].answer: \"smoke\" does not fit.", faults);
        Assert.Contains("components[2].ports: is needed.", faults);
        Assert.Contains(faults, fault => fault.Contains("packets: 1 to 10 million", StringComparison.Ordinal));
        Assert.Contains("components[4]: is a JSON object.", faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"dark\": null, \"start\": null, \"components\": [null]}")]
    [InlineData("{\"seed\": 1, \"seed\": 2}")]
    [InlineData("{\"components\": {}}")]
    public void Nonsense_is_refused_with_a_reason(string json)
    {
        Assert.Null(ScenarioFile.Parse(json, out var faults));
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void A_faulty_scenario_is_not_simulated()
    {
        var scenario = new Scenario { Dark = [], Start = DateTimeOffset.UnixEpoch, Components = [new Flash()] };

        var exception = Assert.Throws<ArgumentException>(() => new SimulationSource(scenario));
        Assert.Contains("dark: at least one prefix is needed.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("components[0]: no dark prefix is IPv4.", exception.Message, StringComparison.Ordinal);
    }
}

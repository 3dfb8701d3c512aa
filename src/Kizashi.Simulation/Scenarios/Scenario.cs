using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kizashi.Core;
using Kizashi.Core.Addresses;

namespace Kizashi.Simulation.Scenarios;

/// <summary>What a simulation shall contain: seed, dark prefixes, time and the kinds of traffic. Equal scenarios give equal bytes.</summary>
public sealed record Scenario
{
    /// <summary>For people.</summary>
    public string Name { get; init; } = "scenario";

    public ulong Seed { get; init; } = 1;

    /// <summary>The observed, unused prefixes, IPv4 and IPv6, of any size.</summary>
    public required IReadOnlyList<Prefix> Dark { get; init; }

    /// <summary>The operator's own, used prefixes; own hosts that scan come from here.</summary>
    public IReadOnlyList<Prefix> Own { get; init; } = [];

    public required DateTimeOffset Start { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromDays(1);

    /// <summary>0 is none, 1 swings between nothing and twice the mean over each UTC day.</summary>
    public double Diurnal { get; init; }

    public IReadOnlyList<TrafficComponent> Components { get; init; } = [];

    /// <summary>Times in which the sensor hears nothing.</summary>
    public IReadOnlyList<SensorOutage> Outages { get; init; } = [];

    /// <summary>Who observes which of <see cref="Dark"/>; empty for one sensor that observes all of it.</summary>
    /// <remarks>A capture file holds what all of them see.</remarks>
    public IReadOnlyList<SimulatedSensor> Sensors { get; init; } = [];

    /// <summary>Moments at which the recorded time jumps. The truth of outbreaks is told in recorded time, all other in true time.</summary>
    public IReadOnlyList<ClockStep> ClockSteps { get; init; } = [];

    /// <summary>Times in which each packet comes twice; the truth counts it once.</summary>
    public IReadOnlyList<RepeatedTime> Repeats { get; init; } = [];

    [JsonIgnore]
    public DateTimeOffset End => Start + Duration;

    /// <summary>Names of the scenarios that come with the program: day, demo, quiet, outbreak, dos, ipv6.</summary>
    public static IReadOnlyList<string> PresetNames => Presets.Names;

    /// <summary>Names the scenario: the same in any run, different when anything in it differs.</summary>
    [JsonIgnore]
    public UInt128 ContentHash => XxHash128.HashToUInt128(JsonSerializer.SerializeToUtf8Bytes(this, KizashiJson.Options));

    /// <param name="name">One of <see cref="PresetNames"/>.</param>
    /// <param name="start">First moment of simulated time.</param>
    /// <param name="seed">Another seed gives other addresses and moments, of the same kinds.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static Scenario Preset(string name, DateTimeOffset start, ulong seed = 1) => Presets.Create(name, start, seed);

    /// <summary>Everything that is wrong with it, one sentence each; empty when it can be simulated.</summary>
    public IReadOnlyList<string> Faults() => ScenarioFaults.Of(this);
}

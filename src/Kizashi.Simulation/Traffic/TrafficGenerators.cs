using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Traffic;

/// <summary>Makes the generator of each component of a scenario.</summary>
internal static class TrafficGenerators
{
    public static TrafficGenerator[] Of(SimulatedWorld world)
    {
        var components = world.Scenario.Components;
        var generators = new TrafficGenerator[components.Count];
        // Background gets the addresses that the others leave, so it comes last.
        for (var i = 0; i < components.Count; i++)
        {
            if (components[i] is not BackgroundRadiation)
                generators[i] = Create(world, components[i], RandomOf(world, i));
        }

        var backgrounds = components.Count(component => component is BackgroundRadiation);
        var share = backgrounds == 0 ? 0 : world.Sources.Left / (ulong)backgrounds;
        for (var i = 0; i < components.Count; i++)
        {
            if (components[i] is BackgroundRadiation background)
                generators[i] = new BackgroundGenerator(world, background, RandomOf(world, i), share);
        }

        return generators;
    }

    private static SeededRandom RandomOf(SimulatedWorld world, int index) =>
        new(world.Scenario.Seed, 0x636F6D70 + (ulong)index);

    private static TrafficGenerator Create(SimulatedWorld world, TrafficComponent component, SeededRandom random) =>
        component switch
        {
            SurveyScanner survey => new SweepGenerator(world, survey, SweepPlan.Of(survey, world.Dark(survey.V6)), random),
            Flash flash => new SweepGenerator(world, flash with { Length = null }, SweepPlan.Of(flash), random),
            MiraiScanning mirai => new MiraiGenerator(world, mirai, random),
            Outbreak outbreak => new OutbreakGenerator(world, outbreak, random),
            DosBackscatter dos => new DosGenerator(world, dos, random),
            Misconfiguration misconfiguration => new MisconfigurationGenerator(world, misconfiguration, random),
            OwnHosts own => new OwnHostsGenerator(world, own, random),
            _ => throw new ArgumentException($"{component.GetType().Name} has no generator.", nameof(component)),
        };
}

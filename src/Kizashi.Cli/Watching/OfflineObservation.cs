using Kizashi.Cli.Commands;
using Kizashi.Core.Addresses;
using Kizashi.Core.Pipeline;
using Kizashi.Observe.Telescope;

namespace Kizashi.Cli.Watching;

/// <summary>Observes captures once, for a command that judges them and stores nothing.</summary>
internal static class OfflineObservation
{
    /// <param name="sensor">Name of the sensor that the batches carry.</param>
    /// <param name="inputs">Captures or directories of them.</param>
    /// <param name="dark">Dark prefixes with commas; null: those of the settings, else inferred.</param>
    /// <param name="settings">Everything else.</param>
    /// <param name="sink">Makes the sink that takes the batches, for the dark prefixes and so many shards.</param>
    /// <returns>The sink, and where a capture is damaged; null when none is.</returns>
    /// <exception cref="CommandException">The captures cannot be observed at all.</exception>
    public static (TSink Sink, string? Damage) Run<TSink>(
        string sensor, IEnumerable<string> inputs, string? dark, LoadedSettings settings, Func<PrefixSet, int, TSink> sink)
        where TSink : IObservationSink
    {
        var request = new WatchRequest
        {
            Sensor = sensor,
            Inputs = [.. inputs.Select(Path.GetFullPath)],
            Dark = dark?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        };
        var plan = SessionPlans.From(request, null, settings.Options, TimeProvider.System);
        using var opened = plan.Open();
        var chosen = SessionDark.Choose(plan, opened, TimeProvider.System);
        var shards = settings.Options.Telescope.Shards;
        using var telescope = new Telescope(
            new TelescopeOptions
            {
                Sensor = plan.Sensor,
                Dark = chosen.Dark,
                Pace = plan.Pace,
                Shards = shards,
                Workers = Math.Clamp(Environment.ProcessorCount, 1, shards),
                ReorderTolerance = TimeSpan.FromSeconds(settings.Options.Telescope.ReorderSeconds),
            },
            TimeProvider.System);
        var made = sink(chosen.Dark, shards);
        telescope.Run(chosen.Source, made, CancellationToken.None);
        return (made, chosen.Source.Damage?.ToString());
    }
}

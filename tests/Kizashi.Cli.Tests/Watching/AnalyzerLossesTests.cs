using System.Diagnostics.Metrics;
using Kizashi.Analyze;
using Kizashi.Cli.Watching;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Cli.Tests.Watching;

public sealed class AnalyzerLossesTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<AnalyzeMetrics>().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly List<string> _measured = [];
    private readonly FullAnalyzer _analyzer = new();
    private readonly AnalyzerLosses _losses;

    public AnalyzerLossesTests()
    {
        var metrics = _services.GetRequiredService<AnalyzeMetrics>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == AnalyzeMetrics.MeterName && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            _measured.Add($"{count} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"));
        _listener.Start();
        _losses = new AnalyzerLosses(metrics, new LossLog(NullLogger.Instance, "kyoto", new FakeTimeProvider()));
    }

    [Fact]
    public void What_analyzers_give_up_is_measured_as_it_grows()
    {
        _losses.Begin([_analyzer]);
        _analyzer.Evicted = 5;
        _losses.Take([_analyzer]);
        _losses.Take([_analyzer]);
        _analyzer.Evicted = 7;
        _losses.Take([_analyzer]);

        Assert.Equal(["5 full evicted", "2 full evicted"], _measured);
        Assert.Equal(7, _losses.Total);
    }

    [Fact]
    public void What_a_restored_state_had_given_up_is_not_measured_again()
    {
        _analyzer.Evicted = 100;
        _losses.Begin([_analyzer]);
        _analyzer.Evicted = 101;
        _losses.Take([_analyzer]);

        Assert.Equal(["1 full evicted"], _measured);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private sealed class FullAnalyzer : IAnalyzer
    {
        public long Evicted { get; set; }

        public string Name => "full";

        public IReadOnlyList<AnalyzerLoss> Losses => [new("evicted", Evicted)];

        public void Observe(ObservationBatch batch)
        {
        }

        public void Advance(long watermarkMillis, ICollection<Finding> findings)
        {
        }

        public void Finish(ICollection<Finding> findings)
        {
        }

        public void Save(Stream stream)
        {
        }

        public void Load(Stream stream)
        {
        }
    }
}

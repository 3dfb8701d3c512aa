using Kizashi.Observe.Telescope;
using Kizashi.Testing;
using Kizashi.Wire.Capture;

namespace Kizashi.Observe.Tests.Telescope;

/// <summary>Runs of a telescope over captures of the corpus or frames of a test.</summary>
internal static class Runs
{
    public static (TelescopeSummary Summary, KeptSink Kept) Capture(string name, TelescopeOptions? options = null)
    {
        using var source = CaptureFile.Open(Corpus.Capture(name));
        return Over(source, options);
    }

    public static (TelescopeSummary Summary, KeptSink Kept) Over(IFrameSource source, TelescopeOptions? options = null)
    {
        var kept = new KeptSink();
        using var telescope = new Observe.Telescope.Telescope(options ?? new TelescopeOptions(), TimeProvider.System);
        return (telescope.Run(source, kept, TestContext.Current.CancellationToken), kept);
    }
}

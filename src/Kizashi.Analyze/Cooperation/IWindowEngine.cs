using Kizashi.Analyze.State;
using Kizashi.Core.Sensors;

namespace Kizashi.Analyze.Cooperation;

/// <summary>An engine that judges windows beside the baselines: glasso, nmf, ntd, changefinder.</summary>
/// <remarks>Pure and deterministic; bounded whatever strangers send; what keeps it from judging is a condition.</remarks>
internal interface IWindowEngine
{
    string Name { get; }

    /// <summary>As of the last window.</summary>
    EngineStatus Status { get; }

    /// <summary>Takes one minute that is complete.</summary>
    /// <param name="minute">Minutes since 1970 UTC.</param>
    /// <param name="contacts">Sorted by source, port, shape; loud and known sources are left out.</param>
    void Take(long minute, ReadOnlySpan<MinuteContact> contacts);

    /// <summary>A window of ten minutes is complete.</summary>
    IReadOnlyList<EngineAlarm> Judge(WindowView window);

    void Save(StateWriter writer);

    void Load(StateReader reader);
}

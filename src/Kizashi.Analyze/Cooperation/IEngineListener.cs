using Kizashi.Core.Sensors;

namespace Kizashi.Analyze.Cooperation;

/// <summary>Hears after each window what every engine by itself alarmed of, before alarms are joined.</summary>
public interface IEngineListener
{
    /// <summary>Called with all shards at rest.</summary>
    /// <param name="alarms">Of the window, and of half hours that ended with it; may be empty.</param>
    /// <param name="engines">How each engine stands now.</param>
    void Hear(IReadOnlyList<EngineRow> alarms, IReadOnlyList<EngineStatus> engines);
}

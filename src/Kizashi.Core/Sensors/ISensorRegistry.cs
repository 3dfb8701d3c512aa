namespace Kizashi.Core.Sensors;

/// <summary>The sensors this center knows.</summary>
public interface ISensorRegistry
{
    IReadOnlyList<SensorStatus> All { get; }

    void Report(SensorStatus status);
}

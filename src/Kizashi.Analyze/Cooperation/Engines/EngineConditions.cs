using Kizashi.Analyze.State;
using Kizashi.Core.Sensors;

namespace Kizashi.Analyze.Cooperation.Engines;

/// <summary>What keeps engines from judging, in the words that pages and alerts use.</summary>
internal static class EngineConditions
{
    public const string ShortHistory = "short-history";
    public const string NotConverged = "not-converged";
    public const string OutOfOrder = "clock-step";
    public const string Gap = "gap";

    public static void SaveStatus(this StateWriter writer, EngineStatus status)
    {
        writer.Write(status.WindowEnd?.ToUnixTimeMilliseconds() ?? -1);
        writer.WriteText(status.Condition);
        writer.Write(status.Alarms);
        writer.Write(status.GivenUp);
    }

    public static EngineStatus LoadStatus(this StateReader reader, string engine)
    {
        var end = reader.Read<long>();
        return new EngineStatus(
            engine, end < 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(end), reader.ReadText(),
            reader.Read<long>(), reader.Read<long>());
    }
}

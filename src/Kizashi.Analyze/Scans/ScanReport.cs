using System.Text.Json;
using Kizashi.Analyze.State;
using Kizashi.Core;
using Kizashi.Core.Findings;

namespace Kizashi.Analyze.Scans;

/// <summary>A scan to be told, and what the aggressive definitions want to know of it.</summary>
/// <param name="Finding">As it is emitted.</param>
/// <param name="IsCovering">D1 is met: it reached the share of dark addresses.</param>
/// <param name="HasPort">Its traffic type has ports.</param>
internal sealed record ScanReport(ScanFinding Finding, bool IsCovering, bool HasPort)
{
    public void Save(StateWriter writer)
    {
        writer.WriteSpan<byte>(JsonSerializer.SerializeToUtf8Bytes(Finding, KizashiJson.Options));
        writer.Write(IsCovering);
        writer.Write(HasPort);
    }

    public static ScanReport Load(StateReader reader) =>
        new(SavedFindings.LoadOne<ScanFinding>(reader), reader.Read<bool>(), reader.Read<bool>());
}

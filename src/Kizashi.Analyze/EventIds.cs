using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Kizashi.Analyze;

/// <summary>Names events by what they are, so that the same traffic gives the same name in any run.</summary>
internal static class EventIds
{
    /// <summary>
    /// 32 hexadecimal digits: XXH128 over sensor, kind and parts. The sensor is one of them: two sensors see two
    /// events.
    /// </summary>
    public static string Of(string sensor, string kind, params ReadOnlySpan<UInt128> parts)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes($"{sensor}\n{kind}\n"));
        hash.Append(MemoryMarshal.AsBytes(parts));
        return hash.GetCurrentHashAsUInt128().ToString("x32", CultureInfo.InvariantCulture);
    }
}

using Kizashi.Core.Alerts;
using Kizashi.Core.Observations;

namespace Kizashi.Cli.Client;

/// <summary>Everything kept of one alert.</summary>
internal sealed record AlertFile(Alert Alert, IReadOnlyList<PacketSample> Samples);

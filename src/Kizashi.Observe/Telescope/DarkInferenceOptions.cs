using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Telescope;

/// <summary>How far ahead the inference of dark prefixes looks; the first bound that is reached ends it.</summary>
public sealed record DarkInferenceOptions
{
    /// <summary>Default 262,144.</summary>
    public int Packets { get; init; } = 262_144;

    /// <summary>Memory of the frames read ahead, bytes. Default 64 MiB.</summary>
    public long Bytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Real time, for wires. Default 10 s.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>As in <see cref="TelescopeOptions.Tunnels"/>.</summary>
    public TunnelMode Tunnels { get; init; } = TunnelMode.Note;
}

namespace Kizashi.Wire.Ip;

/// <summary>What is done with a packet that carries another (GRE, ERSPAN, IP-in-IP, VXLAN).</summary>
public enum TunnelMode
{
    /// <summary>The outer packet is given, with <see cref="Capture.PacketTraits.Tunnel"/>.</summary>
    Note,

    /// <summary>The inner packet is given, with <see cref="Capture.PacketTraits.Unwrapped"/>; the outer one if the inner cannot be decoded.</summary>
    Unwrap,
}

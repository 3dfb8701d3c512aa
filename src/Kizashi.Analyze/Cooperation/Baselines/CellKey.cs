using System.Globalization;

namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>
/// What a baseline is kept of: a port with one shape of packets, a port with one fingerprint (or none), or one shape on
/// any port.
/// </summary>
/// <param name="Port">As <see cref="PortKey"/> makes it; 0 for any.</param>
/// <param name="Shape">Value of the <see cref="PacketShape"/>, of its tool alone where <paramref name="ByTool"/>.</param>
/// <param name="ByTool">All shapes of one fingerprint together.</param>
internal readonly record struct CellKey(uint Port, uint Shape, bool ByTool) : IComparable<CellKey>
{
    public int Tool => new PacketShape(Shape).Tool;

    public bool Holds(uint port, uint shape) =>
        (Port == 0 || Port == port) && (ByTool ? new PacketShape(shape).ToolOnly.Value == Shape : shape == Shape);

    public int CompareTo(CellKey other)
    {
        var order = Port.CompareTo(other.Port);
        if (order == 0)
            order = ByTool.CompareTo(other.ByTool);

        return order != 0 ? order : Shape.CompareTo(other.Shape);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Port == 0 ? "any" : PortKey.ToText(Port))} {(ByTool ? "tool" : "shape")} {Shape:x}");
}

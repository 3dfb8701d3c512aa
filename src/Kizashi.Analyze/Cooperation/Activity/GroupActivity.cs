using System.Numerics;

namespace Kizashi.Analyze.Cooperation.Activity;

/// <summary>What one group of sources did on one port in one shape within a window.</summary>
internal struct GroupActivity : IComparable<GroupActivity>
{
    /// <summary>As <see cref="SourceGroups"/> numbers it.</summary>
    public ulong Group;

    /// <summary>As <see cref="PortKey"/> makes it; 0 marks an empty place.</summary>
    public uint Port;

    /// <summary>Value of the <see cref="PacketShape"/>.</summary>
    public uint Shape;

    /// <summary>One bit of 64 by the hash of each destination.</summary>
    public ulong Destinations;

    /// <summary>Smallest destination; the only one where one bit is set.</summary>
    public uint LeastDestination;

    /// <summary>One bit of 32 by the hash of each source.</summary>
    public uint Hosts;

    /// <summary>Smallest source, as an example.</summary>
    public ulong Example;

    public uint Packets;

    public readonly bool IsToOne => BitOperations.PopCount(Destinations) == 1;

    /// <summary>Distinct sources by linear counting (Whang et al. 1990); 32 registers, so a group has at most about 110.</summary>
    public readonly double HostCount
    {
        get
        {
            var empty = 32 - BitOperations.PopCount(Hosts);
            return empty == 0 ? 32 * Math.Log(32) : 32 * Math.Log(32.0 / empty);
        }
    }

    /// <summary>By port, fingerprint, group, shape.</summary>
    public readonly int CompareTo(GroupActivity other)
    {
        if (Port != other.Port)
            return Port < other.Port ? -1 : 1;

        var order = new PacketShape(Shape).Tool.CompareTo(new PacketShape(other.Shape).Tool);
        if (order == 0)
            order = Group.CompareTo(other.Group);

        return order != 0 ? order : Shape.CompareTo(other.Shape);
    }

    public void Add(in GroupActivity other)
    {
        Destinations |= other.Destinations;
        LeastDestination = Math.Min(LeastDestination, other.LeastDestination);
        Hosts |= other.Hosts;
        Example = Math.Min(Example, other.Example);
        Packets = Packets > uint.MaxValue - other.Packets ? uint.MaxValue : Packets + other.Packets;
    }
}

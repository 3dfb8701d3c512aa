using Kizashi.Analyze.Cooperation.Activity;

namespace Kizashi.Analyze.Cooperation;

/// <summary>One source on one port in one minute, with its group.</summary>
/// <param name="Group">Its number.</param>
/// <param name="Activity">What it did.</param>
internal readonly record struct MinuteContact(ulong Group, HostActivity Activity) : IComparable<MinuteContact>
{
    /// <summary>By source, port, shape.</summary>
    public int CompareTo(MinuteContact other)
    {
        if (Activity.Source != other.Activity.Source)
            return Activity.Source < other.Activity.Source ? -1 : 1;

        return Activity.Port != other.Activity.Port
            ? Activity.Port.CompareTo(other.Activity.Port)
            : Activity.Shape.CompareTo(other.Activity.Shape);
    }
}

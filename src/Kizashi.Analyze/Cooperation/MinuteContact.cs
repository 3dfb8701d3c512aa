using Kizashi.Analyze.Cooperation.Activity;

namespace Kizashi.Analyze.Cooperation;

/// <summary>One source on one port in one minute, with its group.</summary>
/// <param name="Group">Its number.</param>
/// <param name="Activity">What it did.</param>
internal readonly record struct MinuteContact(ulong Group, HostActivity Activity) : IComparable<MinuteContact>
{
    /// <summary>Does it look like a survey's?</summary>
    public bool IsSurvey => new PacketShape(Activity.Shape).IsSurvey;

    /// <summary>Surveys last; by source, port, shape.</summary>
    public int CompareTo(MinuteContact other)
    {
        if (IsSurvey != other.IsSurvey)
            return other.IsSurvey ? -1 : 1;

        if (Activity.Source != other.Activity.Source)
            return Activity.Source < other.Activity.Source ? -1 : 1;

        return Activity.Port != other.Activity.Port
            ? Activity.Port.CompareTo(other.Activity.Port)
            : Activity.Shape.CompareTo(other.Activity.Shape);
    }
}

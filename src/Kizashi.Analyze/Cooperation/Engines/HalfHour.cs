using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Cooperation.Engines;

/// <summary>Three windows of ten minutes that are judged together, aligned to UTC.</summary>
internal sealed class HalfHour
{
    /// <summary>In a half hour.</summary>
    public const int Minutes = 30;

    private const int Windows = 3;

    private long _number = -1;
    private int _whole;

    /// <summary>Takes a minute; true when it begins another half hour, whose data must not mix with what was held.</summary>
    public bool Begins(long minute)
    {
        if (minute / Minutes == _number)
            return false;

        (_number, _whole) = (minute / Minutes, 0);
        return true;
    }

    /// <summary>Takes a window; null until the last of the three, then whether all of them were whole.</summary>
    public bool? End(WindowView window)
    {
        if (window.Number / Windows != _number)
            (_number, _whole) = (window.Number / Windows, 0);

        _whole += window.IsWhole ? 1 : 0;
        return window.Number % Windows == Windows - 1 ? _whole == Windows : null;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_number);
        writer.Write(_whole);
    }

    public void Load(StateReader reader)
    {
        _number = reader.Read<long>();
        _whole = reader.ReadCount(Windows);
    }
}

using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Reflections;

/// <summary>How many attacks are told for the first time in ten seconds: ten requests in each of a million forged names must not become a million alerts.</summary>
internal sealed class ToldPace
{
    private const long SlotMillis = 10_000;
    private const int MostEarly = 64;
    private const int MostConfirmed = 1000;

    private long _slot;
    private int _early;
    private int _confirmed;

    /// <summary>Counts it if so.</summary>
    public bool MayBegin(bool isConfirmed, long millis)
    {
        if (millis / SlotMillis > _slot)
            (_slot, _early, _confirmed) = (millis / SlotMillis, 0, 0);

        return isConfirmed ? _confirmed++ < MostConfirmed : _early++ < MostEarly;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_slot);
        writer.Write(_early);
        writer.Write(_confirmed);
    }

    public void Load(StateReader reader)
    {
        _slot = reader.Read<long>();
        _early = reader.ReadCount(int.MaxValue);
        _confirmed = reader.ReadCount(int.MaxValue);
    }
}

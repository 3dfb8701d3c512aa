using System.Runtime.ExceptionServices;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Where workers hand units to each other: who reads next, which unit a shard owner takes up next, and where all wait for all.</summary>
/// <remarks>Everything is under one lock, taken a few times per unit of several thousand packets.</remarks>
internal sealed class UnitExchange
{
    private readonly object _gate = new();
    private readonly Stack<PacketUnit> _free = [];
    private readonly Dictionary<long, PacketUnit> _ready = [];
    private readonly int _owners;
    private long _read;
    private bool _reading;
    private bool _ended;
    private int _arrived;
    private long _meeting;
    private ExceptionDispatchInfo? _failure;

    /// <param name="units">In flight at most.</param>
    /// <param name="owners">Workers that own shards.</param>
    public UnitExchange(IEnumerable<PacketUnit> units, int owners)
    {
        foreach (var unit in units)
            _free.Push(unit);

        _owners = owners;
    }

    /// <summary>Waits for work: a unit to take up, else an empty one to read into, else neither when all is done.</summary>
    /// <param name="next">Sequence of the unit this owner takes up next; -1 for workers without shards.</param>
    public (PacketUnit? TakeUp, PacketUnit? Read) Next(long next)
    {
        lock (_gate)
        {
            while (_failure is null)
            {
                if (next >= 0 && _ready.TryGetValue(next, out var unit))
                    return (unit, null);

                if (!_reading && !_ended && _free.TryPop(out var empty))
                {
                    _reading = true;
                    empty.Sequence = _read++;
                    return (null, empty);
                }

                if (_ended && (next < 0 || next >= _read))
                    break;

                Monitor.Wait(_gate);
            }

            return (null, null);
        }
    }

    /// <summary>The unit was read; the next worker may read the next one.</summary>
    /// <param name="last">Nothing will be read any more.</param>
    public void EndRead(bool last)
    {
        lock (_gate)
        {
            (_reading, _ended) = (false, _ended || last);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The unit is decoded and parted.</summary>
    public void Publish(PacketUnit unit)
    {
        lock (_gate)
        {
            unit.Waiting = _owners;
            _ready[unit.Sequence] = unit;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>An owner is done with the unit; after the last one it is free again.</summary>
    public void Release(PacketUnit unit)
    {
        lock (_gate)
        {
            if (--unit.Waiting > 0)
                return;

            _ready.Remove(unit.Sequence);
            _free.Push(unit);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until every owner has come; the last one acts while the others rest. False when a worker has failed.</summary>
    public bool Meet(Action act)
    {
        lock (_gate)
        {
            if (++_arrived == _owners)
            {
                // The others are in Wait below, or on their way to it and held by the lock: at rest either way.
                act();
                _arrived = 0;
                _meeting++;
                Monitor.PulseAll(_gate);
                return _failure is null;
            }

            var meeting = _meeting;
            while (_meeting == meeting && _failure is null)
                Monitor.Wait(_gate);

            return _failure is null;
        }
    }

    /// <summary>Stops everything; the first failure is kept.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= ExceptionDispatchInfo.Capture(failure);
            Monitor.PulseAll(_gate);
        }
    }

    public void ThrowFailure() => _failure?.Throw();
}

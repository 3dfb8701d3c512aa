using System.Numerics;
using System.Runtime.CompilerServices;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Observe.Telescope.Tables;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Picks the raw packets that one shard keeps as evidence.</summary>
/// <remarks>
/// Of each subject the 2nd, 3rd, 4th, 16th, 32nd... packet of ten minutes is kept. Whoever was met before starts at the 2nd, so that
/// only the very first packet of an address is never kept: most addresses send one. Own addresses start at the 2nd at once. When a
/// subject turns to another port, three packets of that port are kept, of a busy one at most every eighth time. Of a FlowTuple the 1st, 2nd, 3rd,
/// 4th, 8th, 16th... packet is
/// looked at and stands for those since the one before. Budgets per slot and minute bound the memory; a quarter of them is
/// there for busy subjects only, so that crowds of quiet addresses cannot take all. What they cost is counted.
/// </remarks>
internal sealed class PacketSampler
{
    private const uint FirstOrdinal = 2;
    private const uint Quiet = 4;
    private const uint PortStep = 8;

    private readonly int _perSlot;
    private readonly int _perMinute;
    private readonly PrefixSet _own;
    private List<PacketSample> _samples = [];
    private long _slot;
    private int _slotTaken;
    private int _minuteTaken;

    public PacketSampler(int perSlot, int perMinute, PrefixSet own)
    {
        (_perSlot, _perMinute, _own) = (perSlot, perMinute, own);
    }

    /// <summary>Samples given up since the last hand-over.</summary>
    public long Dropped { get; private set; }

    /// <summary>Hands the samples over and starts anew.</summary>
    public (IReadOnlyList<PacketSample> Samples, long Dropped) Take()
    {
        var taken = ((IReadOnlyList<PacketSample>)_samples, Dropped);
        (_samples, Dropped) = (_samples.Count == 0 ? _samples : [], 0);
        return taken;
    }

    /// <summary>Counts packets of a subject within ten minutes of packet time; true when the last of them is to be kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsDue<TAddress>(ref SourceState<TAddress> state, byte period, ushort port, uint packets = 1)
        where TAddress : unmanaged
    {
        if (state.Period != period || state.Subject == 0)
            Begin(ref state, period);

        var before = state.Subject;
        var ordinal = Math.Min(before + packets, SourceState<TAddress>.MostSubject);
        state.Subject = ordinal;
        return ordinal >= FirstOrdinal && IsPicked(ref state, before, ordinal, port);
    }

    /// <summary>Keeps the packet, which lies in the slot of that number, if the budget allows.</summary>
    public void Keep(PacketUnit unit, int frame, Address subject, ushort port, long slot, bool isBusy)
    {
        Turn(slot);
        var reserve = isBusy ? 0 : 4;
        if (_slotTaken >= Within(_perSlot, reserve) || _minuteTaken >= Within(_perMinute, reserve))
        {
            Dropped++;
            return;
        }

        _slotTaken++;
        _minuteTaken++;
        _samples.Add(RawSample.Of(unit.Headers[frame], unit.Block.Data, subject, port));
    }

    /// <summary>True when the subject has sent more than a few packets within the ten minutes.</summary>
    public static bool IsBusy<TAddress>(in SourceState<TAddress> state)
        where TAddress : unmanaged => state.Subject > Quiet;

    private static int Within(int budget, int reserve) => reserve == 0 ? budget : budget - (budget / reserve);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Begin<TAddress>(ref SourceState<TAddress> state, byte period)
        where TAddress : unmanaged
    {
        state.Period = period;
        state.Subject = Math.Min(state.Subject, FirstOrdinal - 1);
        if (state.Subject == 0 && !_own.IsEmpty && _own.Contains(ToAddress(state.Address)))
            state.Subject = FirstOrdinal - 1;
    }

    private static Address ToAddress<TAddress>(TAddress address)
        where TAddress : unmanaged => typeof(TAddress) == typeof(uint)
            ? Address.FromV4(Unsafe.BitCast<TAddress, uint>(address))
            : Address.FromV6(Unsafe.BitCast<TAddress, UInt128>(address));

    private static bool IsPicked<TAddress>(ref SourceState<TAddress> state, uint before, uint ordinal, ushort port)
        where TAddress : unmanaged
    {
        var isStep = Step(ordinal) > Step(before);
        if (port != state.Port)
        {
            if (!isStep && ordinal / PortStep == before / PortStep)
                return false;

            (state.Port, state.Fresh) = (port, Fresh(state, ordinal));
            return true;
        }

        if (isStep || state.Fresh == 0)
            return isStep;

        state.Fresh--;
        return true;
    }

    // With those that come anyway, the first few of a subject among them, they are three.
    private static byte Fresh<TAddress>(in SourceState<TAddress> state, uint ordinal)
        where TAddress : unmanaged
    {
        if (ordinal > Quiet)
            return SourceState<TAddress>.MostFresh;

        return (byte)(state.Port == 0 ? 0 : Math.Max(0, SourceState<TAddress>.MostFresh - (int)(Quiet - ordinal)));
    }

    /// <summary>How many samples so many packets have earned.</summary>
    private static int Step(uint packets) => packets switch
    {
        < FirstOrdinal => 0,
        <= Quiet => (int)packets - 1,
        < 16 => 3,
        _ => BitOperations.Log2(packets),
    };

    private void Turn(long slot)
    {
        if (slot == _slot)
            return;

        const long SlotsAMinute = 6;
        if (slot / SlotsAMinute != _slot / SlotsAMinute)
            _minuteTaken = 0;

        (_slot, _slotTaken) = (slot, 0);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kizashi.Observe.Telescope.Tables;

/// <summary>The addresses of a shard with their <see cref="SourceState{TAddress}"/>; past its bound it starts anew and counts become estimates.</summary>
/// <remarks>
/// Open addressing, a quarter empty at least, by cache lines: an address goes to the first free place of its line, else of the lines behind it. So
/// most look-ups touch the one line that was asked for ahead; place by place, the step into the next line was a third of a sender's cost.
/// References stay valid until the next <see cref="Find"/>.
/// </remarks>
internal sealed unsafe class SourceTable<TAddress> : IDisposable
    where TAddress : unmanaged, IEquatable<TAddress>
{
    private const int SmallestSize = 1 << 12;
    private const int LineBytes = 64;

    private static readonly int PerLine = LineBytes / sizeof(SourceState<TAddress>);

    private readonly int _bound;
    private readonly ulong _seed;
    private NativeBlock _block = new((nuint)SmallestSize * (nuint)sizeof(SourceState<TAddress>));
    private SourceState<TAddress>* _states;
    private int _mask = SmallestSize - 1;
    private int _count;
    private long _senders;

    /// <param name="bound">Most addresses held.</param>
    /// <param name="seed">Secret, so that nobody can choose addresses that collide.</param>
    public SourceTable(int bound, ulong seed)
    {
        _bound = bound;
        _seed = seed;
        _states = (SourceState<TAddress>*)_block.Pointer;
    }

    /// <summary>Holds every sender once the bound was reached, else null.</summary>
    public HyperLogLog? Estimate { get; private set; }

    /// <summary>Distinct senders; exact while <see cref="Estimate"/> is null.</summary>
    public long Senders => Estimate?.Estimate() ?? _senders;

    /// <summary>Asks for the state of an address some two dozen arrivals ahead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(TAddress address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(_states + Home(address));
    }

    /// <summary>The state of an address, made when new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref SourceState<TAddress> Find(TAddress address)
    {
        var slot = Seek(address);
        if (_states[slot].Tools == 0)
            return ref Make(address, slot);

        return ref _states[slot];
    }

    /// <summary>Counts a sender the first time it is met.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MarkSender(ref SourceState<TAddress> state)
    {
        if ((state.Tools & SourceState<TAddress>.Sender) != 0)
            return;

        state.Tools |= SourceState<TAddress>.Sender;
        _senders++;
        Estimate?.Add(AddressHash.Of(state.Address));
    }

    public void Dispose() => _block.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Hash(TAddress address)
    {
        if (typeof(TAddress) == typeof(uint))
            return FlowWords.Mix(Unsafe.BitCast<TAddress, uint>(address) ^ _seed, FlowWords.Odd);

        var wide = Unsafe.BitCast<TAddress, UInt128>(address);
        return FlowWords.Mix((ulong)wide ^ _seed, (ulong)(wide >> 64) ^ FlowWords.Odd ^ ~_seed);
    }

    /// <summary>First place of the line where an address belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Home(TAddress address) => (int)Hash(address) & _mask & -PerLine;

    /// <summary>Where the address is, else the free place where it belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Seek(TAddress address)
    {
        if (typeof(TAddress) == typeof(uint) && Vector256.IsHardwareAccelerated)
            return SeekByLine(Unsafe.BitCast<TAddress, uint>(address), Home(address));

        var slot = Home(address);
        while (_states[slot].Tools != 0 && !_states[slot].Address.Equals(address))
            slot = (slot + 1) & _mask;

        return slot;
    }

    // Four states a line, 16 bytes each: the address is the first of four lanes, and the sign of the third is the mark of use.
    // Pointers stay inside the table: lines are aligned and the mask wraps around.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SeekByLine(uint address, int line)
    {
        const uint Addresses = 0x1111;
        const uint Uses = 0x4444;
        var wanted = Vector256.Create(address);
        while (true)
        {
            var (left, right) = (Vector256.Load((uint*)(_states + line)), Vector256.Load((uint*)(_states + line + 2)));
            var used = (left.ExtractMostSignificantBits() | (right.ExtractMostSignificantBits() << 8)) & Uses;
            var same = (Vector256.Equals(left, wanted).ExtractMostSignificantBits()
                | (Vector256.Equals(right, wanted).ExtractMostSignificantBits() << 8)) & Addresses & (used >> 2);
            var places = same != 0 ? same : (used ^ Uses) >> 2;
            if (places != 0)
                return line + (BitOperations.TrailingZeroCount(places) >> 2);

            line = (line + 4) & _mask;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref SourceState<TAddress> Make(TAddress address, int slot)
    {
        if (_count >= _bound)
            StartAnew();
        else if (_count >= (_mask + 1) / 4 * 3)
            Grow();
        else
            return ref Occupy(address, slot);

        return ref Occupy(address, Seek(address));
    }

    private ref SourceState<TAddress> Occupy(TAddress address, int slot)
    {
        _count++;
        ref var state = ref _states[slot];
        state.Address = address;
        state.Tools = SourceState<TAddress>.Used;
        return ref state;
    }

    private void StartAnew()
    {
        var all = new Span<SourceState<TAddress>>(_states, _mask + 1);
        if (Estimate is null)
        {
            Estimate = new HyperLogLog();
            foreach (ref var state in all)
            {
                if ((state.Tools & SourceState<TAddress>.Sender) != 0)
                    Estimate.Add(AddressHash.Of(state.Address));
            }
        }

        all.Clear();
        _count = 0;
    }

    private void Grow()
    {
        var (old, size) = (_block, _mask + 1);
        var states = _states;
        _block = new NativeBlock((nuint)size * 2 * (nuint)sizeof(SourceState<TAddress>));
        _states = (SourceState<TAddress>*)_block.Pointer;
        _mask = (size * 2) - 1;
        for (var index = 0; index < size; index++)
        {
            if (states[index].Tools == 0)
                continue;

            _states[Seek(states[index].Address)] = states[index];
        }

        old.Dispose();
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Tables;

/// <summary>
/// An exact set of numbers that begins as a hash set, becomes a bitmap where that is smaller, and an estimate past
/// the memory bound.
/// </summary>
/// <typeparam name="T"><see cref="uint"/> for IPv4 addresses and ports, <see cref="UInt128"/> for IPv6
/// addresses.</typeparam>
/// <remarks>Its memory belongs to an arena, which must outlive it; copies share it, so only one may be kept.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AddressSet<T>
    where T : unmanaged, IEquatable<T>
{
    private const uint FirstLength = 16;

    private void* _data;
    private uint _mask;
    private int _count;
    private SetForm _form;
    private bool _hasZero;

    /// <summary>Distinct values; a lower bound when not <see cref="IsExact"/>.</summary>
    public readonly long Count => _form == SetForm.Estimate
        ? Math.Max(_count, Registers.LowerBound(new ReadOnlySpan<byte>(_data, Registers.Small)))
        : _count;

    /// <summary>Distinct values known for sure; cheap.</summary>
    public readonly int SureCount => _count;

    public readonly bool IsExact => _form <= SetForm.Bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint HashOf(T value) => (uint)(Hashing.Of(value, 0) >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void PrefetchFor(T value)
    {
        if (_form == SetForm.Hash)
            Prefetch.Line((T*)_data + (HashOf(value) & _mask));
    }

    /// <summary>Adds a value; nothing happens when it was there.</summary>
    public void Add(T value, SetArena arena, DarkIndex? universe)
    {
        while (true)
        {
            if (_form == SetForm.Hash && !value.Equals(default))
            {
                var slots = (T*)_data;
                var at = HashOf(value) & _mask;
                while (!slots[at].Equals(default))
                {
                    if (slots[at].Equals(value))
                        return;

                    at = (at + 1) & _mask;
                }

                if (_count < (int)(_mask + 1) / 4 * 3)
                {
                    slots[at] = value;
                    _count++;
                    return;
                }

                Grow(arena, universe);
                continue;
            }

            if (AddElsewhere(value, arena, universe))
                return;
        }
    }

    /// <summary>Gives its memory back and is empty again.</summary>
    public void Clear(SetArena arena)
    {
        if (_data != null)
            arena.Return(_data, DataBytes);

        this = default;
    }

    public readonly void Save(StateWriter writer)
    {
        writer.Write(_form);
        writer.Write(_hasZero);
        writer.Write(_count);
        writer.Write(_mask);
        if (_form is SetForm.Bits or SetForm.Estimate)
            writer.WriteBytes(new ReadOnlySpan<byte>(_data, (int)DataBytes));

        for (var at = 0L; _form == SetForm.Hash && at <= _mask; at++)
        {
            if (!((T*)_data)[at].Equals(default))
                writer.Write(((T*)_data)[at]);
        }
    }

    public static AddressSet<T> Load(StateReader reader, SetArena arena, DarkIndex? universe)
    {
        var set = default(AddressSet<T>);
        var form = reader.Read<SetForm>();
        var hasZero = reader.Read<bool>();
        var count = reader.ReadCount(1 << 30);
        var mask = reader.Read<uint>();
        var words = ((universe?.Size ?? 0) + 63) / 64;
        var isSound = form switch
        {
            SetForm.Hash =>
                uint.IsPow2(mask + 1) && mask + 1 >= FirstLength && mask < 1 << 28 && count - (hasZero ? 1 : 0) <= mask,
            SetForm.Bits => words > 0 && mask == words - 1,
            _ => form <= SetForm.Stopped,
        };
        if (!isSound)
            throw new InvalidDataException("a set of impossible form");

        set._form = form;
        set._mask = mask;
        if (form is not (SetForm.Empty or SetForm.Stopped))
            set._data = arena.Rent(set.DataBytes);

        if (form is SetForm.Bits or SetForm.Estimate)
            reader.ReadBytes(new Span<byte>(set._data, (int)set.DataBytes));

        for (var left = form == SetForm.Hash ? count - (hasZero ? 1 : 0) : 0; left > 0; left--)
            set.Place(reader.Read<T>());

        set._count = count;
        set._hasZero = hasZero;
        return set;
    }

    private readonly long DataBytes => _form switch
    {
        SetForm.Hash => (_mask + 1L) * sizeof(T),
        SetForm.Bits => (_mask + 1L) * sizeof(ulong),
        SetForm.Estimate => Registers.Small,
        _ => 0,
    };

    private readonly void Place(T value)
    {
        var slots = (T*)_data;
        var at = HashOf(value) & _mask;
        while (!slots[at].Equals(default))
            at = (at + 1) & _mask;

        slots[at] = value;
    }

    // True when done; false when the form changed and the value is to be tried again.
    private bool AddElsewhere(T value, SetArena arena, DarkIndex? universe)
    {
        switch (_form)
        {
            case SetForm.Hash:
                _count += _hasZero ? 0 : 1;
                _hasZero = true;
                return true;
            case SetForm.Bits:
                AddBit(value, universe!);
                return true;
            case SetForm.Estimate:
                Registers.Add(new Span<byte>(_data, Registers.Small), Hashing.Of(value, 1));
                return true;
            case SetForm.Stopped:
                return true;
            default:
                Begin(arena);
                return false;
        }
    }

    private void Begin(SetArena arena)
    {
        if (!arena.Fits(SetArena.Size(FirstLength * sizeof(T))))
        {
            Estimate(arena);
            return;
        }

        _data = arena.Rent(FirstLength * sizeof(T));
        _mask = FirstLength - 1;
        _form = SetForm.Hash;
    }

    // An address outside the universe has no bit; a sensor sends none.
    private void AddBit(T value, DarkIndex universe)
    {
        var index = universe.IndexOf(Unsafe.BitCast<T, uint>(value));
        if (index < 0)
            return;

        ref var word = ref ((ulong*)_data)[index >> 6];
        var bit = 1UL << (int)(index & 63);
        _count += (word & bit) == 0 ? 1 : 0;
        word |= bit;
    }

    private void Grow(SetArena arena, DarkIndex? universe)
    {
        var old = (T*)_data;
        var (oldMask, oldBytes) = (_mask, DataBytes);
        var bytes = oldBytes * 2;
        var isDense = universe is not null && typeof(T) == typeof(uint) && bytes >= SetArena.Size(universe.Size / 8);
        if (isDense && ToBits(arena, universe!))
            return;

        if (!arena.Fits(SetArena.Size(bytes) - SetArena.Size(oldBytes)) || bytes > 1L << 32)
        {
            Estimate(arena);
            return;
        }

        _data = arena.Rent(bytes);
        _mask = (oldMask * 2) + 1;
        for (var at = 0L; at <= oldMask; at++)
        {
            if (!old[at].Equals(default))
                Place(old[at]);
        }

        arena.Return(old, oldBytes);
    }

    private bool ToBits(SetArena arena, DarkIndex universe)
    {
        var old = (uint*)_data;
        var (oldMask, oldBytes) = (_mask, DataBytes);
        var words = (universe.Size + 63) / 64;
        if (!arena.Fits(SetArena.Size(words * 8) - SetArena.Size(oldBytes)) || words > int.MaxValue / 8)
            return false;

        for (var at = 0L; at <= oldMask; at++)
        {
            if (old[at] != 0 && universe.IndexOf(old[at]) < 0)
                return false;
        }

        _form = SetForm.Bits;
        _mask = (uint)(words - 1);
        _data = arena.Rent(words * 8);
        _count = 0;
        for (var at = 0L; at <= oldMask; at++)
        {
            if (old[at] != 0)
                AddBit(Unsafe.BitCast<uint, T>(old[at]), universe);
        }

        if (_hasZero)
            AddBit(default, universe);

        arena.Return(old, oldBytes);
        return true;
    }

    private void Estimate(SetArena arena)
    {
        arena.Estimated++;
        var old = (T*)_data;
        var (oldMask, oldBytes) = (_mask, DataBytes);
        if (!arena.FitsReserve(Registers.Small))
        {
            _form = SetForm.Stopped;
            _data = null;
        }
        else
        {
            _data = arena.Rent(Registers.Small);
            _form = SetForm.Estimate;
            var registers = new Span<byte>(_data, Registers.Small);
            for (var at = 0L; old != null && at <= oldMask; at++)
            {
                if (!old[at].Equals(default))
                    Registers.Add(registers, Hashing.Of(old[at], 1));
            }

            if (_hasZero)
                Registers.Add(registers, Hashing.Of(default(T), 1));
        }

        if (old != null)
            arena.Return(old, oldBytes);
    }
}

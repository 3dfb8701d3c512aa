using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Kizashi.Wire.Filters;

/// <summary>The registers and the memory of a filter program that looks at one frame.</summary>
internal ref struct BpfMachine
{
    public const int MemoryWords = 16;

    private readonly ReadOnlySpan<byte> _frame;
    private readonly Span<uint> _memory;
    private readonly uint _wireLength;
    private uint _accumulator;
    private uint _index;

    public BpfMachine(ReadOnlySpan<byte> frame, int wireLength, Span<uint> memory)
    {
        _frame = frame;
        _wireLength = (uint)wireLength;
        _memory = memory;
    }

    /// <summary>Loads the accumulator; false for a place beyond the frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryLoad(in BpfInstruction instruction)
    {
        var k = instruction.K;
        switch (instruction.Code)
        {
            case BpfCode.LoadWord:
                return TryLoadWord(k);
            case BpfCode.LoadHalf:
                return TryLoadHalf(k);
            case BpfCode.LoadByte:
                return TryLoadByte(k);
            case BpfCode.LoadWordIndexed:
                return TryLoadWord((ulong)_index + k);
            case BpfCode.LoadHalfIndexed:
                return TryLoadHalf((ulong)_index + k);
            case BpfCode.LoadByteIndexed:
                return TryLoadByte((ulong)_index + k);
            case BpfCode.LoadConstant:
                _accumulator = k;
                return true;
            case BpfCode.LoadMemory:
                _accumulator = _memory[(int)k];
                return true;
            default:
                _accumulator = _wireLength;
                return true;
        }
    }

    /// <summary>Loads the index, stores either, or copies one to the other; false for a place beyond the frame.</summary>
    public bool TryMove(in BpfInstruction instruction)
    {
        var k = instruction.K;
        switch (instruction.Code)
        {
            case BpfCode.LoadIndexHeader:
                if (k >= (uint)_frame.Length)
                    return false;

                _index = (_frame[(int)k] & 15u) * 4;
                return true;
            case BpfCode.LoadIndexLength:
                _index = _wireLength;
                return true;
            case BpfCode.LoadIndexConstant:
                _index = k;
                return true;
            case BpfCode.LoadIndexMemory:
                _index = _memory[(int)k];
                return true;
            case BpfCode.Store:
                _memory[(int)k] = _accumulator;
                return true;
            case BpfCode.StoreIndex:
                _memory[(int)k] = _index;
                return true;
            case BpfCode.IndexFromAccumulator:
                _index = _accumulator;
                return true;
            default:
                _accumulator = _index;
                return true;
        }
    }

    /// <summary>Instructions to skip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Jump(in BpfInstruction instruction)
    {
        if (instruction.Code == BpfCode.Jump)
            return (int)instruction.K;

        var operand = Operand(instruction);
        var isTrue = (instruction.Code & ~BpfCode.WithIndex) switch
        {
            BpfCode.JumpEqual => _accumulator == operand,
            BpfCode.JumpGreater => _accumulator > operand,
            BpfCode.JumpGreaterOrEqual => _accumulator >= operand,
            _ => (_accumulator & operand) != 0,
        };
        return isTrue ? instruction.JumpTrue : instruction.JumpFalse;
    }

    public readonly bool Result(in BpfInstruction instruction) =>
        (instruction.Code == BpfCode.ReturnConstant ? instruction.K : _accumulator) != 0;

    /// <summary>False for a division by zero, which rejects the frame.</summary>
    public bool TryCalculate(in BpfInstruction instruction)
    {
        var operand = Operand(instruction);
        var operation = (ushort)(instruction.Code & ~BpfCode.WithIndex);
        if (operand == 0 && operation is (BpfCode.Divide or BpfCode.Modulo))
            return false;

        var a = _accumulator;
        _accumulator = operation switch
        {
            BpfCode.Add => a + operand,
            BpfCode.Subtract => a - operand,
            BpfCode.Multiply => a * operand,
            BpfCode.Or => a | operand,
            BpfCode.And => a & operand,
            BpfCode.Xor => a ^ operand,
            BpfCode.ShiftLeft => operand < 32 ? a << (int)operand : 0,
            BpfCode.ShiftRight => operand < 32 ? a >> (int)operand : 0,
            BpfCode.Divide => a / operand,
            BpfCode.Modulo => a % operand,
            _ => 0u - a,
        };
        return true;
    }

    private readonly uint Operand(in BpfInstruction instruction) =>
        (instruction.Code & BpfCode.WithIndex) != 0 ? _index : instruction.K;

    private bool TryLoadWord(ulong at)
    {
        if (at + 4 > (ulong)_frame.Length)
            return false;

        _accumulator = BinaryPrimitives.ReadUInt32BigEndian(_frame[(int)at..]);
        return true;
    }

    private bool TryLoadHalf(ulong at)
    {
        if (at + 2 > (ulong)_frame.Length)
            return false;

        _accumulator = BinaryPrimitives.ReadUInt16BigEndian(_frame[(int)at..]);
        return true;
    }

    private bool TryLoadByte(ulong at)
    {
        if (at >= (ulong)_frame.Length)
            return false;

        _accumulator = _frame[(int)at];
        return true;
    }
}

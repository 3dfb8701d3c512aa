namespace Kizashi.Wire.Filters;

/// <summary>A filter program that has been checked to be safe to run.</summary>
internal sealed class BpfProgramCode
{
    private readonly BpfInstruction[] _instructions;

    /// <exception cref="FilterException">The program could run away, or has an instruction that is not known.</exception>
    public BpfProgramCode(BpfInstruction[] instructions)
    {
        for (var at = 0; at < instructions.Length; at++)
        {
            if (!IsSound(instructions, at))
                throw new FilterException($"instruction {at} of the compiled filter ({instructions[at].Code:x2}) is not valid");
        }

        if (instructions is not [.., { Code: BpfCode.ReturnConstant or BpfCode.ReturnAccumulator }])
            throw new FilterException("the compiled filter does not end with a return");

        _instructions = instructions;
    }

    /// <summary>Runs the program; looking beyond the frame's end rejects the frame, as in libpcap.</summary>
    public bool Matches(ReadOnlySpan<byte> frame, int wireLength)
    {
        Span<uint> memory = stackalloc uint[BpfMachine.MemoryWords];
        memory.Clear();
        var machine = new BpfMachine(frame, wireLength, memory);
        for (var at = 0; ; at++)
        {
            // Ends: jumps lead forward and inside only, and the last instruction returns.
            ref readonly var instruction = ref _instructions[at];
            switch (instruction.Code & BpfCode.ClassMask)
            {
                case BpfCode.LoadClass:
                    if (!machine.TryLoad(instruction))
                        return false;

                    break;
                case BpfCode.JumpClass:
                    at += machine.Jump(instruction);
                    break;
                case BpfCode.ReturnClass:
                    return machine.Result(instruction);
                case BpfCode.CalculateClass:
                    if (!machine.TryCalculate(instruction))
                        return false;

                    break;
                default:
                    if (!machine.TryMove(instruction))
                        return false;

                    break;
            }
        }
    }

    private static bool IsSound(BpfInstruction[] instructions, int at)
    {
        var (code, jumpTrue, jumpFalse, k) = instructions[at];
        var following = instructions.Length - 1 - at;
        switch (code)
        {
            case BpfCode.LoadMemory or BpfCode.LoadIndexMemory or BpfCode.Store or BpfCode.StoreIndex:
                return k < BpfMachine.MemoryWords;
            case BpfCode.Jump:
                return k < following;
            case BpfCode.LoadWord or BpfCode.LoadHalf or BpfCode.LoadByte:
            case BpfCode.LoadWordIndexed or BpfCode.LoadHalfIndexed or BpfCode.LoadByteIndexed:
            case BpfCode.LoadLength or BpfCode.LoadConstant or BpfCode.LoadIndexConstant or BpfCode.LoadIndexLength:
            case BpfCode.LoadIndexHeader or BpfCode.ReturnConstant or BpfCode.ReturnAccumulator:
            case BpfCode.IndexFromAccumulator or BpfCode.AccumulatorFromIndex or BpfCode.Negate:
                return true;
            default:
                return (code & ~BpfCode.WithIndex) switch
                {
                    BpfCode.JumpEqual or BpfCode.JumpGreater or BpfCode.JumpGreaterOrEqual or BpfCode.JumpAnyBit =>
                        Math.Max(jumpTrue, jumpFalse) < following,
                    BpfCode.Add or BpfCode.Subtract or BpfCode.Multiply or BpfCode.Divide or BpfCode.Or or BpfCode.And
                        or BpfCode.ShiftLeft or BpfCode.ShiftRight or BpfCode.Modulo or BpfCode.Xor => true,
                    _ => false,
                };
        }
    }
}

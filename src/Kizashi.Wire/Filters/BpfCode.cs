namespace Kizashi.Wire.Filters;

/// <summary>Instruction codes of the classic Berkeley Packet Filter, class, size and mode in one number.</summary>
internal static class BpfCode
{
    public const int ClassMask = 7;
    public const int LoadClass = 0;
    public const int CalculateClass = 4;
    public const int JumpClass = 5;
    public const int ReturnClass = 6;
    public const ushort LoadWord = 0x20;
    public const ushort LoadHalf = 0x28;
    public const ushort LoadByte = 0x30;
    public const ushort LoadWordIndexed = 0x40;
    public const ushort LoadHalfIndexed = 0x48;
    public const ushort LoadByteIndexed = 0x50;
    public const ushort LoadLength = 0x80;
    public const ushort LoadConstant = 0x00;
    public const ushort LoadMemory = 0x60;
    public const ushort LoadIndexConstant = 0x01;
    public const ushort LoadIndexMemory = 0x61;
    public const ushort LoadIndexLength = 0x81;
    public const ushort LoadIndexHeader = 0xB1;
    public const ushort Store = 0x02;
    public const ushort StoreIndex = 0x03;
    public const ushort Add = 0x04;
    public const ushort Subtract = 0x14;
    public const ushort Multiply = 0x24;
    public const ushort Divide = 0x34;
    public const ushort Or = 0x44;
    public const ushort And = 0x54;
    public const ushort ShiftLeft = 0x64;
    public const ushort ShiftRight = 0x74;
    public const ushort Negate = 0x84;
    public const ushort Modulo = 0x94;
    public const ushort Xor = 0xA4;
    public const ushort Jump = 0x05;
    public const ushort JumpEqual = 0x15;
    public const ushort JumpGreater = 0x25;
    public const ushort JumpGreaterOrEqual = 0x35;
    public const ushort JumpAnyBit = 0x45;
    public const ushort ReturnConstant = 0x06;
    public const ushort ReturnAccumulator = 0x16;
    public const ushort IndexFromAccumulator = 0x07;
    public const ushort AccumulatorFromIndex = 0x87;

    /// <summary>In arithmetic and jumps: the operand is the index register, not the constant.</summary>
    public const ushort WithIndex = 0x08;
}

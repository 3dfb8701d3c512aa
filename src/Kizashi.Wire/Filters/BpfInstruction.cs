using System.Runtime.InteropServices;

namespace Kizashi.Wire.Filters;

/// <summary>One instruction of the classic Berkeley Packet Filter (McCanne and Jacobson 1993), laid out as libpcap's bpf_insn.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BpfInstruction(ushort Code, byte JumpTrue, byte JumpFalse, uint K);

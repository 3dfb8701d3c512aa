using System.Runtime.InteropServices;
using Kizashi.Wire.Capture;
using PacketDotNet;
using SharpPcap;
using SharpPcap.LibPcap;

namespace Kizashi.Wire.Filters;

/// <summary>A filter expression in tcpdump's language (pcap-filter), compiled by libpcap for one link type.</summary>
public sealed class BpfFilter
{
    /// <summary>libpcap refuses an expression that can match nothing; to us that is a filter like any other.</summary>
    private const string RejectsAll = "expression rejects all packets";

    private readonly BpfProgramCode? _program;

    private BpfFilter(string expression, LinkType link, BpfProgramCode? program)
    {
        Expression = expression;
        Link = link;
        _program = program;
    }

    public string Expression { get; }

    public LinkType Link { get; }

    /// <exception cref="FilterException">The expression is wrong, or libpcap is not installed; the message says which.</exception>
    public static BpfFilter Compile(string expression, LinkType link)
    {
        ArgumentNullException.ThrowIfNull(expression);
        if (expression.Contains('\0', StringComparison.Ordinal))
            throw new FilterException("filter expression: it contains a NUL character");

        try
        {
            using var compiled = BpfProgram.Create((LinkLayers)ToDataLink(link), expression);
            return new BpfFilter(expression, link, new BpfProgramCode(Copy(compiled)));
        }
        catch (PcapException e) when (e.Message.Contains(RejectsAll, StringComparison.Ordinal))
        {
            return new BpfFilter(expression, link, program: null);
        }
        catch (PcapException e)
        {
            throw new FilterException($"filter expression \"{expression}\": {e.Message}", e);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException)
        {
            throw new FilterException(
                "filter expressions need libpcap, which was not found: install it (Debian, Ubuntu: apt install libpcap0.8)", e);
        }
    }

    public bool Matches(ReadOnlySpan<byte> frame, int wireLength) => _program is not null && _program.Matches(frame, wireLength);

    /// <summary>Takes the frames that do not match out of the block; its position and hash stay.</summary>
    public void Apply(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var kept = 0;
        for (var i = 0; i < block.Count; i++)
        {
            if (Matches(block.Frame(i), block.WireLength[i]))
                block.Move(i, kept++);
        }

        block.Count = kept;
    }

    /// <summary>The number that libpcap's functions know the link type by; the same as in files but for raw IP.</summary>
    private static int ToDataLink(LinkType link) =>
        link is LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd ? (int)LinkType.RawBsd : (int)link;

    private static unsafe BpfInstruction[] Copy(BpfProgram compiled)
    {
        // Safe: the handle points to libpcap's bpf_program, a count and a pointer to as many instructions, alive until it is disposed of.
        var program = (NativeProgram*)compiled.DangerousGetHandle();
        return new ReadOnlySpan<BpfInstruction>(program->Instructions, checked((int)program->Length)).ToArray();
    }

    /// <summary>libpcap's bpf_program.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly unsafe struct NativeProgram
    {
        public readonly uint Length;
        public readonly BpfInstruction* Instructions;
    }
}

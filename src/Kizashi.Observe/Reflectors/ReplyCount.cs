namespace Kizashi.Observe.Reflectors;

/// <summary>What one source or network asked for and got in its minute.</summary>
internal struct ReplyCount
{
    /// <summary>0 for an empty place.</summary>
    public UInt128 Key;

    /// <summary>Start of its minute, milliseconds.</summary>
    public long Since;

    /// <summary>Its last request, milliseconds.</summary>
    public long Last;

    public uint Requests;

    public uint Answers;
}

namespace Kizashi.Analyze.Tables;

/// <summary>How an <see cref="AddressSet{T}"/> holds its values.</summary>
internal enum SetForm : byte
{
    Empty,

    /// <summary>Open addressing, exact.</summary>
    Hash,

    /// <summary>One bit for each value of the universe, exact.</summary>
    Bits,

    /// <summary>HyperLogLog.</summary>
    Estimate,

    /// <summary>Nothing more fits: the count stands still.</summary>
    Stopped,
}

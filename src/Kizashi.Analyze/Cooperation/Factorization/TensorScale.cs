namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>How a cell's packets weigh in a decomposition by least squares.</summary>
internal enum TensorScale
{
    /// <summary>Their square root: counts of any size then have the same variance, and no single loud source rules.</summary>
    Root,

    /// <summary>As they are, as in Dark-TRACER.</summary>
    Packets,
}

namespace Kizashi.Analyze.Reflections;

/// <summary>Somebody who has sent a few requests: a source, or the sources of a network together.</summary>
internal struct Newcomer
{
    /// <summary>0 for an empty place.</summary>
    public UInt128 Key;

    /// <summary>Id of the batch that brought the first row.</summary>
    public UInt128 Batch;

    /// <summary>Its last request, milliseconds since 1970 UTC.</summary>
    public long Last;

    /// <summary>Rows held.</summary>
    public int Count;

    public NewcomerRows Rows;

    public readonly long Requests
    {
        get
        {
            var sum = 0L;
            for (var row = 0; row < Count; row++)
                sum += Rows[row].Requests;

            return sum;
        }
    }
}

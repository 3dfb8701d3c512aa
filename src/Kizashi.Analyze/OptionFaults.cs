using System.Numerics;

namespace Kizashi.Analyze;

/// <summary>Collects what is wrong with options, so that all faults are told at once.</summary>
internal sealed class OptionFaults(string section)
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> All => _faults;

    /// <exception cref="ArgumentException">There are faults; the message names them.</exception>
    public static void Refuse(IReadOnlyList<string> faults, string options)
    {
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), options);
    }

    public OptionFaults Range<T>(string name, T value, T least, T most)
        where T : INumber<T>
    {
        if (!(value >= least && value <= most))
            _faults.Add($"{section}:{name}: {value} is not within {least}..{most}");

        return this;
    }
}

namespace Kizashi.Core.Forecasts;

/// <summary>What is counted by the hour and forecast: data, so that counts of sensors still to come need no code.</summary>
public sealed record SeriesDeclaration
{
    /// <summary>Begins the names of its series: lower case letters, digits and hyphens, such as "attacks-by-service".</summary>
    public required string Name { get; init; }

    public required SeriesOrigin Over { get; init; }

    /// <summary>
    /// Of observations: sources or packets. Of campaigns: active or joined. Of alerts and findings: events, or the path of a number in them whose sum is taken, such as
    /// details.packets.
    /// </summary>
    public required string Count { get; init; }

    /// <summary>
    /// What each series is of. Of observations: port or country. Of campaigns: name. Of alerts and findings: the path of a word, or of a list of words each of which
    /// counts, such as facts.country or details.ports. Empty for one series over all.
    /// </summary>
    public string By { get; init; } = "";

    /// <summary>Only alerts of these kinds, or findings of these types such as scan or reflector-attack; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Only alerts whose subject lies in the operator's own networks.</summary>
    public bool Own { get; init; }

    /// <summary>The declaration of one series that those of this one add up to; empty for none.</summary>
    public string Total { get; init; } = "";

    /// <summary>Whether its surges are announced. Default true; not worth it where one sender alone can make one, as of packets.</summary>
    public bool Surges { get; init; } = true;

    /// <summary>An hour's count from which a series begins. Default 1.</summary>
    public double AtLeast { get; init; } = 1;

    /// <summary>Most series, the busiest kept. Default 1,000.</summary>
    public int Most { get; init; } = 1_000;

    /// <summary>The name of one of its series.</summary>
    /// <param name="key">What it is of; empty for one over all.</param>
    public string SeriesOf(string key) => SeriesOf(Name, key);

    /// <inheritdoc cref="SeriesOf(string)"/>
    /// <param name="declaration">Name of the declaration, which has no slash.</param>
    /// <param name="key">What it is of; empty for one over all.</param>
    public static string SeriesOf(string declaration, string key) => key.Length == 0 ? declaration : declaration + "/" + key;
}

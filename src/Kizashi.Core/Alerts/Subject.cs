using Kizashi.Core.Addresses;

namespace Kizashi.Core.Alerts;

/// <summary>What an alert is about; with the alert's kind it is the key under which sightings join.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Value">Its text form: 192.0.2.7, 192.0.2.0/24, 64500, JP, tcp/23, mirai, sensor name.</param>
public sealed record Subject(SubjectKind Kind, string Value)
{
    public static Subject Of(Address address) => new(SubjectKind.Address, address.ToString());

    public static Subject Of(Prefix prefix) => new(SubjectKind.Prefix, prefix.ToString());

    /// <summary>The address where the block holds one, else the block.</summary>
    public static Subject OfAny(Prefix prefix) => prefix.IsOne ? Of(prefix.First) : Of(prefix);

    public override string ToString() => Value;
}

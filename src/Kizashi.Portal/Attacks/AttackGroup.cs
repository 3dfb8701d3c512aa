using Kizashi.Core.Alerts;

namespace Kizashi.Portal.Attacks;

/// <summary>Attacks whose requests are made alike.</summary>
/// <param name="Fingerprint">16 hexadecimal digits.</param>
/// <param name="Attacks">At least two.</param>
internal sealed record AttackGroup(string Fingerprint, IReadOnlyList<Alert> Attacks)
{
    public IEnumerable<string> Commands => Attacks.SelectMany(attack => attack.Details.Texts(AlertDetails.Commands)).Distinct();

    /// <summary>Largest first.</summary>
    public static IReadOnlyList<AttackGroup> Of(IEnumerable<Alert> attacks) =>
    [
        .. attacks.GroupBy(attack => attack.Details.Text(AlertDetails.Fingerprint) ?? "")
            .Where(group => group.Key.Length > 0 && group.Count() > 1)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new AttackGroup(group.Key, [.. group])),
    ];
}

using System.Text;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Segments;

namespace Kizashi.Store.Embedded.Alerts;

/// <summary>
/// The conditions of an <see cref="AlertQuery"/> as SQL; the text is made of constants, values are parameters.
/// </summary>
internal sealed class AlertFilter
{
    private const int MostWords = 16;

    private readonly StringBuilder _where = new();
    private readonly List<object?> _values = [];

    public AlertFilter(AlertQuery query)
    {
        AddKind(query.Kind);
        AddSubject(query.Subject);
        if (query.AtLeast is { } severity && severity > 0)
            Add("+alert.severity >= {0}", (int)severity);

        if (query.From is { } from)
            Add("alert.opened >= {0}", from.ToUnixTimeMilliseconds());

        if (query.To is { } to)
            Add("alert.opened < {0}", to.ToUnixTimeMilliseconds());

        if (query.Open is { } open)
            Add(open ? "alert.closed IS NULL" : "alert.closed IS NOT NULL");

        if (query.Acknowledged is { } acknowledged)
            Add(acknowledged ? "alert.acknowledged IS NOT NULL" : "alert.acknowledged IS NULL");

        if (query.Country is { } country)
            Add("alert.country = {0}", country);

        if (query.Asn is { } asn)
            Add("alert.asn = {0}", (long)asn);

        if (query.Sensor is { } sensor)
            Add("EXISTS (SELECT 1 FROM alert_sensor s WHERE s.sensor = {0} AND s.alert = alert.id)", sensor);

        foreach (var word in (query.Text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
            Add("instr(alert.text, {0}) > 0", word.ToLowerInvariant());
    }

    public string Where => _where.Length == 0 ? "" : " WHERE " + _where;

    public ReadOnlySpan<object?> Values => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values);

    /// <summary>Continues behind an alert in the order asked for.</summary>
    public void After(long opened, string id, bool newestFirst) => Add(
        newestFirst ? "(alert.opened, alert.id) < ({0}, {1})" : "(alert.opened, alert.id) > ({0}, {1})", opened, id);

    public string Parameter(object? value)
    {
        _values.Add(value);
        return $"${_values.Count - 1}";
    }

    private void AddKind(string? kind)
    {
        if (string.IsNullOrEmpty(kind))
            return;

        // A plus keeps SQLite from an index whose order is not the page's.
        // A whole kind must not bring its namesakes along: darknet.scan is also how darknet.scanner.aggressive begins.
        if (EventCatalog.AlertKinds.Contains(kind))
            Add("alert.kind = {0}", kind);
        else
            Add("(+alert.kind >= {0} AND +alert.kind < {1})", kind, kind + char.MaxValue);
    }

    private void AddSubject(string? subject)
    {
        if (string.IsNullOrEmpty(subject))
            return;

        if (subject.Contains('/') && Prefix.TryParse(subject, out var prefix))
        {
            Add(
                "(alert.subject = {0} OR alert.address BETWEEN {1} AND {2})", prefix.ToString(),
                BatchLedger.ToBytes(prefix.First.Value), BatchLedger.ToBytes(prefix.Last.Value));
            return;
        }

        // 2001:DB8::0 and 2001:db8:: are one address.
        Add("alert.subject = {0}", Address.TryParse(subject, out var address) ? address.ToString() : subject);
    }

    private void Add(string condition, params ReadOnlySpan<object?> values)
    {
        if (_where.Length > 0)
            _where.Append(" AND ");

        for (var index = 0; index < values.Length; index++)
            condition = condition.Replace($"{{{index}}}", Parameter(values[index]), StringComparison.Ordinal);

        _where.Append(condition);
    }
}

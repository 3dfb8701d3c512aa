using System.Globalization;
using Kizashi.Core.Alerts;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Client;

/// <summary>An alert query as the query part of an address, both ways.</summary>
internal static class AlertQueryText
{
    public static string Write(AlertQuery query)
    {
        var parts = new List<string>();
        Add("kind", query.Kind);
        Add("subject", query.Subject);
        Add("severity", query.AtLeast?.ToString());
        Add("from", query.From?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        Add("to", query.To?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        Add("open", query.Open?.ToString());
        Add("acknowledged", query.Acknowledged?.ToString());
        Add("country", query.Country);
        Add("asn", query.Asn?.ToString(CultureInfo.InvariantCulture));
        Add("sensor", query.Sensor);
        Add("text", query.Text);
        Add("newestFirst", query.NewestFirst.ToString());
        Add("most", query.Most.ToString(CultureInfo.InvariantCulture));
        Add("after", query.After);
        return string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (value is not null)
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }

    /// <exception cref="FormatException">A value cannot be read; the message names it.</exception>
    public static AlertQuery Read(Func<string, string?> value)
    {
        var query = new AlertQuery();
        return new AlertQuery
        {
            Kind = value("kind"),
            Subject = value("subject"),
            AtLeast = Parse("severity", static text => Enum.Parse<Severity>(text, ignoreCase: true)),
            From = Parse("from", Time),
            To = Parse("to", Time),
            Open = Parse("open", bool.Parse),
            Acknowledged = Parse("acknowledged", bool.Parse),
            Country = value("country"),
            Asn = Parse("asn", static text => uint.Parse(text, CultureInfo.InvariantCulture)),
            Sensor = value("sensor"),
            Text = value("text"),
            NewestFirst = Parse("newestFirst", bool.Parse) ?? query.NewestFirst,
            Most = Math.Clamp(
                Parse("most", static text => int.Parse(text, CultureInfo.InvariantCulture)) ?? query.Most, 1, 10_000),
            After = value("after"),
        };

        static DateTimeOffset Time(string text) =>
            DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        T? Parse<T>(string name, Func<string, T> parse)
            where T : struct
        {
            var text = value(name);
            if (string.IsNullOrEmpty(text))
                return null;

            try
            {
                return parse(text);
            }
            catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
            {
                throw new FormatException($"'{text}' is no value for {name}", fault);
            }
        }
    }
}

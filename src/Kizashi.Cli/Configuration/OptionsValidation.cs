using System.Net;
using Kizashi.Core.Addresses;
using Kizashi.Core.Sensors;
using Kizashi.Observe.Telescope.Responder;

namespace Kizashi.Cli.Configuration;

/// <summary>Finds every fault of the settings at once.</summary>
public static class OptionsValidation
{
    public static IReadOnlyList<string> Faults(KizashiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new List<string>();
        CheckCenter(options.Center, faults);
        CheckPrefixes("Networks:Own", options.Networks.Own, faults);
        CheckDark("Telescope", options.Telescope.Dark, options.Telescope.Live, faults);
        CheckRange("Telescope:Shards", options.Telescope.Shards, 1, 64, faults);
        CheckRange("Telescope:ReorderSeconds", options.Telescope.ReorderSeconds, 0, 60, faults);
        CheckRange("Telescope:JumpSeconds", options.Telescope.JumpSeconds, 1, 2_592_000, faults);
        CheckRange("Telescope:MaxTuples", options.Telescope.MaxTuples, 10_000, 500_000_000, faults);
        CheckSensors(options, faults);
        CheckRange("Record:MaxGiB", options.Record.MaxGiB, 0.001, 1e6, faults);
        CheckRange("Record:MaxHours", options.Record.MaxHours, 0.01, 1e6, faults);
        CheckRange("Scans:MinDestinations", options.Scans.MinDestinations, 2, 1_000_000, faults);
        CheckRange("Scans:MinInternetRate", options.Scans.MinInternetRate, 0, 1e9, faults);
        CheckRange("Scans:IdleSeconds", options.Scans.IdleSeconds, 10, 86_400, faults);
        CheckRange("Scans:IdleSecondsV6", options.Scans.IdleSecondsV6, 10, 86_400, faults);
        CheckRange("Victims:MinPackets", options.Victims.MinPackets, 2, 1_000_000, faults);
        CheckRange("Victims:MinSeconds", options.Victims.MinSeconds, 1, 86_400, faults);
        CheckRange("Victims:MinPacketsPerMinute", options.Victims.MinPacketsPerMinute, 1, 1_000_000, faults);
        if (options.Outbreaks.Grouping is not ("/16" or "/24" or "as"))
            faults.Add($"Outbreaks:Grouping '{options.Outbreaks.Grouping}' is none of /16, /24, as");

        CheckRange("Outbreaks:MinGroups", options.Outbreaks.MinGroups, 2, 65_536, faults);
        CheckRange("Outbreaks:MinDeviation", options.Outbreaks.MinDeviation, 1, 1000, faults);
        CheckFiles("Forecasts:Files", options.Forecasts.Files, faults);
        CheckFiles("KnownScanners:Files", options.KnownScanners.Files, faults);
        CheckFiles("Enrichment:Mmdb", options.Enrichment.Mmdb, faults);
        CheckFiles("Enrichment:Pfx2as", options.Enrichment.Pfx2as, faults);
        CheckFiles("Enrichment:Mrt", options.Enrichment.Mrt, faults);
        CheckFiles("Enrichment:AsNames", options.Enrichment.AsNames, faults);
        CheckRange("Storage:RetentionDays", options.Storage.RetentionDays, 0.04, 36_500, faults);
        CheckRange("Storage:MaxGiB", options.Storage.MaxGiB, 0, 1e6, faults);
        CheckRange("Storage:KeepFreeMiB", options.Storage.KeepFreeMiB, 0, 1e9, faults);
        CheckRange("Storage:QueryMemoryMiB", options.Storage.QueryMemoryMiB, 64, 1e6, faults);
        if (!Enum.TryParse<LogLevel>(options.Logging.Level, ignoreCase: true, out _))
            faults.Add($"Logging:Level '{options.Logging.Level}' is none of {string.Join(", ", Enum.GetNames<LogLevel>())}");

        if (options.Logging.Format is not ("text" or "json"))
            faults.Add($"Logging:Format '{options.Logging.Format}' is neither text nor json");

        return faults;
    }

    private static void CheckCenter(CenterOptions center, List<string> faults)
    {
        if (!IPEndPoint.TryParse(center.Listen, out var endPoint) || !center.Listen.Contains(':', StringComparison.Ordinal))
        {
            faults.Add($"Center:Listen '{center.Listen}' is not address:port, such as 127.0.0.1:8460 or [::1]:8460");
            return;
        }

        if (!IPAddress.IsLoopback(endPoint.Address) && center.Certificate.Length == 0)
        {
            faults.Add($"Center:Listen {center.Listen} is beyond loopback, where passwords need TLS: " +
                "set Center:Certificate, or listen on 127.0.0.1 behind a proxy with TLS");
        }

        if (center.Certificate.Length > 0)
            CheckFiles("Center:Certificate", [center.Certificate], faults);

        if (center.Organization.Length is 0 or > 200)
            faults.Add("Center:Organization must have 1 to 200 characters");
    }

    private static void CheckDark(string section, List<string> dark, List<string> live, List<string> faults)
    {
        CheckPrefixes(section + ":Dark", dark, faults);
        CheckPrefixes(section + ":Live", live, faults);
        var set = new PrefixSet(Parsed(dark));
        foreach (var prefix in Parsed(live))
        {
            if (dark.Count > 0 && !(set.Contains(prefix.First) && set.Contains(prefix.Last)))
                faults.Add($"{section}:Live {prefix} is not inside {section}:Dark, so it takes nothing out of it");
        }

        if (!set.IsEmpty && new PrefixSet(Parsed(dark), Parsed(live)).IsEmpty)
            faults.Add($"{section}:Live takes every address out of {section}:Dark");
    }

    private static void CheckSensor(string section, SensorSettings sensor, TelescopeSettings telescope, List<string> faults)
    {
        if (sensor.Respond && sensor.Dark.Count + telescope.Dark.Count == 0)
            faults.Add($"{section}:Respond needs {section}:Dark: SYNs are answered only for dark prefixes that were named");

        if (sensor.Country.Length > 0 && (sensor.Country.Length != 2 || !sensor.Country.All(char.IsAsciiLetterUpper)))
            faults.Add($"{section}:Country '{sensor.Country}' must be two capital letters such as JP (ISO 3166-1)");

        if (sensor.AnswersPerSecond is < ResponderOptions.LeastPerSecond or > ResponderOptions.MostPerSecond)
            faults.Add($"{section}:AnswersPerSecond must be {ResponderOptions.LeastPerSecond} to {ResponderOptions.MostPerSecond}");
    }

    private static void CheckSensors(KizashiOptions options, List<string> faults)
    {
        var sensors = options.Sensors;
        for (var index = 0; index < sensors.Count; index++)
        {
            var (section, sensor) = ($"Sensors:{index}", sensors[index]);
            if (!SensorNames.IsValid(sensor.Name))
                faults.Add($"{section}:Name '{sensor.Name}' must be {SensorNames.Rule}");

            if (sensor.Interface.Length == 0)
                faults.Add($"{section}:Interface is missing");

            CheckDark(section, sensor.Dark, sensor.Live, faults);
            CheckSensor(section, sensor, options.Telescope, faults);
        }

        foreach (var twice in sensors.GroupBy(sensor => sensor.Name).Where(group => group.Count() > 1))
            faults.Add($"Sensors: the name '{twice.Key}' stands {twice.Count()} times");
    }

    private static void CheckPrefixes(string key, List<string> prefixes, List<string> faults)
    {
        foreach (var text in prefixes)
        {
            if (!Prefix.TryParse(text, null, out var prefix))
                faults.Add($"{key}: '{text}' is not a prefix such as 192.0.2.0/24 or 2001:db8::/32");
            else if (prefix.First.ToString() != text.Split('/')[0] && !IsSameAddress(text, prefix))
                faults.Add($"{key}: '{text}' has bits set beyond its length; did you mean {prefix}?");
        }
    }

    private static bool IsSameAddress(string text, Prefix prefix) =>
        Address.TryParse(text.Split('/')[0], null, out var address) && address == prefix.First;

    private static void CheckRange(string key, double value, double least, double most, List<string> faults)
    {
        if (!(value >= least && value <= most))
            faults.Add(FormattableString.Invariant($"{key} is {value}, it must be from {least} to {most}"));
    }

    private static void CheckFiles(string key, List<string> files, List<string> faults)
    {
        foreach (var file in files)
        {
            if (!File.Exists(file))
                faults.Add($"{key}: there is no file '{file}'");
        }
    }

    private static IEnumerable<Prefix> Parsed(List<string> texts)
    {
        foreach (var text in texts)
        {
            if (Prefix.TryParse(text, null, out var prefix))
                yield return prefix;
        }
    }
}

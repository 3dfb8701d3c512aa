using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kizashi.Core;
using Kizashi.Core.Addresses;
using Kizashi.Link.Frames;
using Kizashi.Link.Spool;
using Kizashi.Observe.Reflectors;
using Kizashi.Observe.Telescope.Recording;
using Kizashi.Observe.Telescope.Sources;

namespace Kizashi.SensorHost;

/// <summary>kizashi-sensor: decoys in a process that holds no data of others and no keys.</summary>
public sealed class SensorCommandLine
{
    private const int Usage = 2;

    private readonly ReflectorArguments _reflector = new();
    private readonly Option<string> _out = new("--out") { Description = "Directory for the observations, which `kizashi sensor --from` reads; - for standard output", HelpName = "DIR", Required = true };
    private readonly Option<double> _outGiB = new("--out-gib") { Description = "Disk space for them; what would come past it is refused and counted", HelpName = "N", DefaultValueFactory = _ => 4 };
    private readonly Option<string?> _record = new("--record") { Description = "Keep the raw packets too, in this directory", HelpName = "DIR" };
    private readonly Option<double> _recordGiB = new("--record-gib") { Description = "Disk space for them; the oldest go first", HelpName = "N", DefaultValueFactory = _ => 16 };
    private readonly Option<double> _recordHours = new("--record-hours") { Description = "How long they are kept", HelpName = "N", DefaultValueFactory = _ => 168 };
    private readonly Option<bool> _withInput = new("--stop-with-input") { Description = "End when standard input ends, as when the program that started this one is gone" };
    private readonly Option<bool> _json = new("--json") { Description = "End with one JSON object" };

    /// <summary>Words for an own process that keeps raw packets as the settings of the one that starts it say.</summary>
    public static IEnumerable<string> Recording(string folder, double gib, double hours) =>
        ["--record", folder, "--record-gib", gib.ToString(CultureInfo.InvariantCulture), "--record-hours", hours.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Words for an own process that gives its observations to the one that starts it, and ends with it.</summary>
    public static IEnumerable<string> Piped { get; } = ["--out", "-", "--stop-with-input"];

    public RootCommand Create()
    {
        var root = new RootCommand("kizashi-sensor: decoys in a process of their own, without keys and without data of others.");
        foreach (var option in (Option[])[_reflector.Reflectors, .. _reflector.Options, _out, _outGiB, _record, _recordGiB, _recordHours, _withInput, _json])
            root.Options.Add(option);

        root.SetAction((result, cancellation) => Task.Run(() => Run(result, cancellation), CancellationToken.None));
        var examples = new Dictionary<Command, string>
        {
            [root] = """
                kizashi-sensor --reflectors --out /var/spool/kizashi                       on this machine alone, to try it
                kizashi-sensor --reflectors --listen 192.0.2.7 --out /var/spool/kizashi
                kizashi sensor --from /var/spool/kizashi                                   on the center, when they have come there
                """,
        };
        HelpWithExamples.AddTo(root, examples);
        return root;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        List<string> faults = result.GetValue(_reflector.Reflectors) ? [.. _reflector.Faults(result)] : ["say which decoys: --reflectors"];
        if (!(result.GetValue(_outGiB) > 0) || !(result.GetValue(_recordGiB) > 0) || !(result.GetValue(_recordHours) > 0))
            faults.Add("space and hours are more than 0");

        if (faults.Count > 0)
        {
            Console.Error.WriteLine("kizashi-sensor: " + string.Join("\nkizashi-sensor: ", faults));
            return Usage;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (result.GetValue(_withInput))
            _ = StopWithInputAsync(stop);

        try
        {
            return Observe(result, stop.Token);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("kizashi-sensor: " + fault.Message);
            return fault is InterfaceException ? Usage : 1;
        }
    }

    private int Observe(ParseResult result, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        using var source = new ReflectorSource(_reflector.Read(result, time), time);
        var hello = new SensorHello
        {
            Sensor = _reflector.Sensor(result),
            Kind = "reflector",
            Source = source.Name,
            Shards = SensorSettings.Shards,
            Country = _reflector.Country(result),
            Version = ProgramVersion.Text,
        };
        var folder = result.GetValue(_out)!;
        var isPiped = folder == "-";
        using var spool = isPiped ? null : new SpoolWriter(new SpoolOptions { Folder = folder, MostBytes = (long)(result.GetValue(_outGiB) * (1L << 30)) }, hello, time);
        using var stream = isPiped ? Console.OpenStandardOutput() : null;
        IObservationOutput output = spool is null ? new SensorStreamWriter(stream!, hello) : spool;
        var options = SensorSettings.Telescope(hello.Sensor, new PrefixSet(_reflector.Own(result)));
        using var run = new SensorRun(source, options, Record(result, hello.Sensor), output, time);
        if (!isPiped)
            Console.Error.WriteLine($"kizashi-sensor: observing {source.Name} into {folder}; Ctrl-C ends it");

        var end = run.Run(cancellation);
        if (result.GetValue(_json) && !isPiped)
            Console.Out.WriteLine(JsonSerializer.Serialize(end, KizashiJson.Options));
        else if (!isPiped)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{end.Reflector!.Requests:N0} requests, {end.Reflector.Answers:N0} answers with {end.Reflector.AnswerBytes:N0} bytes, {end.Summary.Sources:N0} claimed sources, {end.Refused:N0} requests lost for want of disk space"));

        if (spool?.Problem is { } problem)
            Console.Error.WriteLine("kizashi-sensor: " + problem);

        return end.Refused > 0 ? 1 : 0;
    }

    private RecorderOptions? Record(ParseResult result, string sensor) => result.GetValue(_record) is { } folder
        ? RecorderOptions.Within(folder, sensor, result.GetValue(_recordGiB), result.GetValue(_recordHours))
        : null;

    private static async Task StopWithInputAsync(CancellationTokenSource stop)
    {
        var bytes = new byte[256];
        var input = Console.OpenStandardInput();
        await using (input.ConfigureAwait(false))
        {
            while (await input.ReadAsync(bytes).ConfigureAwait(false) > 0)
            {
                // Nothing is said to it; it only ends.
            }
        }

        try
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }
}

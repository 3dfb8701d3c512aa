using Kizashi.Cli.Configuration;
using Kizashi.Core.Addresses;
using Kizashi.Core.Sensors;
using Kizashi.Link.Frames;
using Kizashi.Link.Spool;
using Kizashi.Observe.Telescope;
using Kizashi.Observe.Telescope.Sources;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Capture.Sequences;

namespace Kizashi.Cli.Watching;

/// <summary>Turns a request and the settings into a plan.</summary>
internal static class SessionPlans
{
    private const string NoAnswers =
        "SYNs are answered only on an interface, and only for dark prefixes that were named: give --interface and --dark";

    /// <exception cref="CommandException">The request cannot be carried out.</exception>
    public static SessionPlan From(WatchRequest request, Stream? input, KizashiOptions options, TimeProvider time)
    {
        if (request.FromSensor)
            return OfSensor(request, input);

        if (!SensorNames.IsValid(request.Sensor))
            throw new CommandException(ExitCodes.Usage, $"the sensor's name must be {SensorNames.Rule}");

        var dark = Dark(request, options);
        if (request.AnswersPerSecond > 0 && (request.Interface is null || dark is null))
            throw new CommandException(ExitCodes.Usage, NoAnswers);

        return new SessionPlan
        {
            Sensor = request.Sensor,
            Kind = IsFile(request) ? "capture" : "live",
            Open = () => Open(request, input, time),
            Pace = IsFile(request) ? TelescopePace.Unpaced : TelescopePace.Live,
            Dark = dark,
            Country = request.Country,
            AnswersPerSecond = request.AnswersPerSecond,
            Filter = request.Interface is null ? request.Filter : "",
            Again = request.Again,
            Unwrap = request.Unwrap || options.Telescope.Unwrap,
            Record = Record(request, options.Record),
        };
    }

    // What it has sent so far tells whose it is; its first bytes are there at once.
    private static SessionPlan OfSensor(WatchRequest request, Stream? input)
    {
        try
        {
            ISensorStream stream = request.FromStream
                ? new SensorStreamReader(input!, "the sensor's stream")
                : new SpoolReader(request.Inputs[0]);
            if (!SensorNames.IsValid(stream.Hello.Sensor))
                throw new CommandException(ExitCodes.BadInput, $"the sensor's name must be {SensorNames.Rule}");

            return new SessionPlan
            {
                Sensor = stream.Hello.Sensor,
                Kind = request.FromStream ? "live" : "directory",
                OpenStream = () => stream,
                Pace = TelescopePace.Live,
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadInput, fault.Message, fault);
        }
    }

    private static IFrameSource Open(WatchRequest request, Stream? input, TimeProvider time)
    {
        try
        {
            if (request.Interface is { } name)
            {
                return new InterfaceSource(name, new InterfaceOptions
                {
                    Filter = request.Filter.Length > 0 ? request.Filter : null,
                    Sends = request.AnswersPerSecond > 0,
                });
            }

            if (request.FromStream)
                return CaptureFile.Open(input!, "standard input");

            return new CaptureSequence(
                request.Inputs, new CaptureSequenceOptions { Follow = request.Follow, Time = time, Order = CaptureOrder.FirstFrame });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, fault.Message, fault);
        }
    }

    private static bool IsFile(WatchRequest request) => request.Interface is null;

    private static PrefixSet? Dark(WatchRequest request, KizashiOptions options)
    {
        var dark = Prefixes(request.Dark.Count > 0 ? request.Dark : options.Telescope.Dark);
        var live = Prefixes(request.Live.Count > 0 ? request.Live : options.Telescope.Live);
        return dark.Count == 0 ? null : new PrefixSet(dark, live);
    }

    private static List<Prefix> Prefixes(IEnumerable<string> texts)
    {
        var prefixes = new List<Prefix>();
        foreach (var text in texts)
        {
            if (!Prefix.TryParse(text, null, out var prefix))
                throw new CommandException(ExitCodes.Usage, $"'{text}' is not a prefix such as 192.0.2.0/24");

            prefixes.Add(prefix);
        }

        return prefixes;
    }

    private static RecordSettings? Record(WatchRequest request, RecordSettings settings)
    {
        var folder = request.Record ?? settings.Directory;
        return folder.Length == 0
            ? null
            : new RecordSettings { Directory = folder, MaxGiB = settings.MaxGiB, MaxHours = settings.MaxHours };
    }
}

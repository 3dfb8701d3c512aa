using Kizashi.Cli.Configuration;
using Kizashi.Core.Addresses;
using Kizashi.Observe.Reflectors;
using Kizashi.Observe.Reflectors.Services;
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
        if (!SensorNames.IsValid(request.Sensor))
            throw new CommandException(ExitCodes.Usage, $"the sensor's name must be {SensorNames.Rule}");

        var dark = Dark(request, options);
        if (request.AnswersPerSecond > 0 && (request.Interface is null || dark is null))
            throw new CommandException(ExitCodes.Usage, NoAnswers);

        return new SessionPlan
        {
            Sensor = request.Sensor,
            IsReflector = request.IsReflector,
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

    private static IFrameSource Open(WatchRequest request, Stream? input, TimeProvider time)
    {
        try
        {
            if (request.IsReflector)
                return OpenReflectors(request, time);

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

    private static bool IsFile(WatchRequest request) => request.Interface is null && !request.IsReflector;

    private static ReflectorSource OpenReflectors(WatchRequest request, TimeProvider time)
    {
        var offered = ReflectorServices.Create(time).ToList();
        if (request.Agnostic.Count > 0)
            offered.Add(new AgnosticService(request.Agnostic));

        var unknown = request.Reflectors.Except(offered.Select(service => service.Name), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            throw new CommandException(ExitCodes.Usage, $"there is no service '{unknown[0]}'; there are {string.Join(", ", offered.Select(service => service.Name))}");

        return new ReflectorSource(
            new ReflectorOptions
            {
                Services = [.. offered.Where(service => request.Reflectors.Contains(service.Name) || service is AgnosticService)],
                Listen = [.. request.Listen.Select(Prefix.Parse)],
                Proxies = [.. request.Proxies.Select(ProxyText.Parse)],
            },
            time);
    }

    private static PrefixSet? Dark(WatchRequest request, KizashiOptions options)
    {
        // A reflector sees what is sent to it and nothing else.
        if (request.IsReflector)
            return PrefixSet.Everything;

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

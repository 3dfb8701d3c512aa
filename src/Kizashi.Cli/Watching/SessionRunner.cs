using System.Runtime.CompilerServices;
using Kizashi.Cli.Center;

namespace Kizashi.Cli.Watching;

/// <summary>Runs sessions, several side by side, one for each sensor name.</summary>
internal sealed class SessionRunner(SessionServices services, JointReflections joint, SettingsMonitor settings)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<string> _running = [];
    private readonly Lock _gate = new();

    /// <summary>Runs a request from its start to its end or to the cancellation; the last message is a summary or a failure.</summary>
    public async IAsyncEnumerable<WatchMessage> RunAsync(
        WatchRequest request, Stream? input, [EnumeratorCancellation] CancellationToken cancellation)
    {
        SessionPlan? plan = null;
        WatchFailure? failure = null;
        try
        {
            plan = SessionPlans.From(request, input, settings.Current, services.Time);
        }
        catch (CommandException fault)
        {
            failure = new WatchFailure(fault.ExitCode, fault.Message);
        }

        if (plan is null)
        {
            yield return new WatchMessage { Failure = failure };
            yield break;
        }

        await foreach (var message in RunAsync(plan, cancellation))
            yield return message;
    }

    /// <inheritdoc cref="RunAsync(WatchRequest, Stream?, CancellationToken)"/>
    public async IAsyncEnumerable<WatchMessage> RunAsync(
        SessionPlan plan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Every page and export of a demo says that all is invented; a real attack would stand under that word.
        if (!plan.Simulated && DemoFolder.Holds(settings.Current.DataDirectory))
        {
            yield return new WatchMessage { Failure = new WatchFailure(ExitCodes.Usage, $"{settings.Current.DataDirectory} is a demo's data directory, for simulated traffic only; --data gives real traffic another one") };
            yield break;
        }

        lock (_gate)
        {
            if (!_running.Add(plan.Sensor))
                plan = plan with { Sensor = "" };
        }

        if (plan.Sensor.Length == 0)
        {
            yield return new WatchMessage { Failure = new WatchFailure(ExitCodes.Usage, "a sensor of this name is at work already; --sensor gives another name") };
            yield break;
        }

        try
        {
            using var session = new Session(services, joint, settings.Current, plan);
            var work = Task.Factory.StartNew(
                () => session.Run(cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            while (await Task.WhenAny(work, Task.Delay(ReportEvery, services.Time, CancellationToken.None)) != work)
            {
                session.Report(running: true);
                yield return new WatchMessage { Progress = session.Progress };
            }

            session.Report(running: false);
            yield return await LastAsync(work);
        }
        finally
        {
            lock (_gate)
                _running.Remove(plan.Sensor);
        }
    }

    private static async Task<WatchMessage> LastAsync(Task<WatchSummary> work)
    {
        try
        {
            return new WatchMessage { Summary = await work };
        }
        catch (CommandException fault)
        {
            return new WatchMessage { Failure = new WatchFailure(fault.ExitCode, fault.Message) };
        }
    }
}

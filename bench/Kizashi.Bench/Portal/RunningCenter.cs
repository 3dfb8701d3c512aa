using System.Text.RegularExpressions;
using Kizashi.Core.Storage;
using Kizashi.Portal.Access;
using Kizashi.Store.Embedded;

namespace Kizashi.Bench.Portal;

/// <summary>The real center in a process of its own, with an account that a link signs in.</summary>
internal sealed partial class RunningCenter : IDisposable
{
    private const string Visitor = "bench";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly StartedProgram _process;

    private RunningCenter(StartedProgram process, Uri address, string link)
    {
        (_process, Address) = (process, address);
        Link = new Uri(address, link);
    }

    public Uri Address { get; }

    /// <summary>Signs in once.</summary>
    public Uri Link { get; }

    /// <param name="folder">Data directory; nobody else has it open.</param>
    /// <param name="settings">Further settings, KEY=VALUE.</param>
    public static RunningCenter Start(string folder, params string[] settings)
    {
        string link;
        using (var store = EmbeddedStore.Open(new EmbeddedStoreOptions { DataDirectory = folder }, TimeProvider.System, new Store.BenchBook()))
        {
            store.Accounts.Save(new Account(Visitor, "", "admin", TimeProvider.System.GetUtcNow()));
            link = OneTimeLinks.Path(OneTimeLinks.Create(store.Accounts, OneTimeLinks.SignIn(Visitor), TimeSpan.FromHours(1), TimeProvider.System));
        }

        var address = new TaskCompletionSource<Uri>();
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "kizashi.dll"), "center", "--data", folder, "--listen", "127.0.0.1:0",
            .. settings.SelectMany(setting => new[] { "--set", setting }),
        ];
        var process = new StartedProgram("dotnet", arguments, line =>
        {
            if (PortalAddress().Match(line) is { Success: true } match)
                address.TrySetResult(new Uri(match.Value));
        });
        if (!address.Task.Wait(StartLimit))
        {
            process.Dispose();
            throw new TimeoutException("the center did not start");
        }

        return new RunningCenter(process, address.Task.Result, link);
    }

    public void Dispose() => _process.Dispose();

    [GeneratedRegex(@"(?<=portal at )http://\S+")]
    private static partial Regex PortalAddress();
}

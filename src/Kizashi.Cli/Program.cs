using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Kizashi.Cli;
using Kizashi.Cli.Commands;
using Kizashi.Cli.Configuration;

// Numbers and times in output are for scripts as well as for people: one form everywhere. Pages format for their reader.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

try
{
    var result = CommandTree.Create().Parse(args);
    var configuration = new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,

        // After Ctrl-C what was read is still stored, analyzed and summed up.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(60),
    };
    var code = await result.InvokeAsync(configuration);
    return result.Action is ParseErrorAction ? ExitCodes.Usage : code;
}
catch (ConfigurationFaultException fault)
{
    await Console.Error.WriteLineAsync("kizashi: " + fault.Message);
    return ExitCodes.Usage;
}
catch (CommandException fault)
{
    await Console.Error.WriteLineAsync("kizashi: " + fault.Message);
    return fault.ExitCode;
}
catch (Exception fault) when (fault is HttpRequestException or HttpIOException)
{
    await Console.Error.WriteLineAsync("kizashi: the connection to the running center broke: " + fault.Message);
    return ExitCodes.Internal;
}
catch (OperationCanceledException)
{
    return ExitCodes.Done;
}
catch (IOException fault) when (fault.Message.Contains("Broken pipe", StringComparison.Ordinal))
{
    // `kizashi alerts | head`: the reader has seen enough.
    return ExitCodes.Done;
}
catch (Exception fault)
{
    await Console.Error.WriteLineAsync("kizashi: a fault of the program; please report it with what follows");
    await Console.Error.WriteLineAsync(fault.ToString());
    return ExitCodes.Internal;
}

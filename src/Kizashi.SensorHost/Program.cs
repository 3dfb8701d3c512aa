using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Kizashi.SensorHost;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var result = new SensorCommandLine().Create().Parse(args);
var code = await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
return result.Action is ParseErrorAction ? 2 : code;

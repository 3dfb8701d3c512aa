using System.Text.Json;
using Kizashi.Bench;
using Kizashi.Bench.Engines;
using Kizashi.Bench.Forecasting;
using Kizashi.Bench.Portal;
using Kizashi.Bench.Reflectors;
using Kizashi.Bench.Store;
using Kizashi.Bench.Telescope;

// Processes of their own that a measurement starts.
if (args is [RequestGenerator.Mode, ..])
    return RequestGenerator.Run(args[1..]);

if (args is [PlainSockets.Mode, ..])
    return PlainSockets.Run(args[1..]);

// Areas, each with the names of the numbers that the issue demands of it; whoever adds an area adds a line.
var areas = new Dictionary<string, (Func<BenchContext, IReadOnlyList<BenchResult>> Run, IReadOnlyList<string> Required)>
{
    ["telescope"] = (TelescopeBench.Run, TelescopeBench.Required),
    ["store"] = (StoreBench.Run, StoreBench.Required),
    ["portal"] = (PortalBench.Run, PortalBench.Required),
    ["reflectors"] = (ReflectorsBench.Run, ReflectorsBench.Required),
    ["forecasting"] = (ForecastBench.Run, ForecastBench.Required),
    ["engines"] = (EnginesBench.Run, EnginesBench.Required),
};

if (args.Length == 0 || !areas.TryGetValue(args[0], out var area))
{
    Console.Error.WriteLine($"usage: bench/run AREA [--json] [--only RESULT]   with AREA one of {string.Join(", ", areas.Keys)}");
    return 2;
}

var work = Environment.GetEnvironmentVariable("KIZASHI_BENCH_WORK") ?? Path.Combine(Path.GetTempPath(), "kizashi-bench");
Directory.CreateDirectory(work);
var at = Array.IndexOf(args, "--only");
var only = at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
var results = area.Run(new BenchContext(work, Console.Error, only));
if (args.Contains("--json"))
    Console.WriteLine(JsonSerializer.Serialize(new { area = args[0], machine = Machine.Describe(), results }, BenchJson.Options));
else
    BenchTable.Write(results, Console.Out);

var missing = area.Required.Where(name => only is null || only == name).Except(results.Where(result => result.Value is not null).Select(result => result.Name)).ToList();
foreach (var name in missing)
    Console.Error.WriteLine($"missing: {name}");

return missing.Count == 0 ? 0 : 1;

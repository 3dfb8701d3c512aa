using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kizashi.Analyze.Forecasting;
using Kizashi.Cli.Client;
using Kizashi.Cli.Forecasts;
using Kizashi.Core;
using Kizashi.Core.Forecasts;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi forecast` and `kizashi backtest`: how a series goes on, and how well that would have been said before.</summary>
internal sealed class ForecastCommand(GlobalOptions global, bool backtest) : ICommandSource
{
    private const int MostSteps = 10_000;
    private const int Steps = 24;

    private readonly Argument<string?> _file = new("series") { Arity = ArgumentArity.ZeroOrOne, Description = $"A CSV file (a line of names; times, if any, in the first column, oldest first; empty cells and left-out times are gaps), or a series of the data directory by the hour: {SeriesName.Forms}, or one of --list" };
    private readonly Option<string?> _column = new("--column", "-c") { Description = "The series' column; default the first that is not the times", HelpName = "NAME" };
    private readonly Option<int> _horizon = new("--horizon") { Description = "Steps ahead", HelpName = "N", DefaultValueFactory = _ => Steps };
    private readonly Option<string?> _seasons = new("--seasons") { Description = "Lengths of seasons in steps, with commas; default those of a day, a week and a year if there are times", HelpName = "N,..." };
    private readonly Option<string> _levels = new("--levels") { Description = "Parts of what may come that the bands hold, in percent", HelpName = "N,...", DefaultValueFactory = _ => "50,80,95" };
    private readonly Option<string> _format = new("--format", "-f") { Description = "table, json, csv, or svg", HelpName = "FORMAT", DefaultValueFactory = _ => "table" };
    private readonly Option<bool> _list = new("--list") { Description = "Print the names of all series that the center watches" };
    private readonly Option<bool> _declared = new("--declared") { Description = "Print what is watched without being asked, as a file of the setting Forecasts:Files is written" };
    private readonly Option<int> _origins = new("--origins") { Description = "Times in the past to forecast from, a horizon apart", HelpName = "N", DefaultValueFactory = _ => 10 };

    public Command Create(IDictionary<Command, string> examples)
    {
        var command = backtest
            ? new Command("backtest", "Say how good forecasts of a series would have been")
            : new Command("forecast", "Say how a series goes on, with bands");
        command.Arguments.Add(_file);
        _format.AcceptOnlyFromAmong(backtest ? ["table", "json"] : ["table", "json", "csv", "svg"]);
        foreach (var option in (Option[])[_column, _horizon, _seasons, _levels, _format])
            command.Options.Add(option);

        if (backtest)
        {
            command.Options.Add(_origins);
        }
        else
        {
            command.Options.Add(_list);
            command.Options.Add(_declared);
        }

        command.SetAction(RunAsync);
        examples[command] = backtest
            ? """
              kizashi backtest tcp/23 --horizon 24
              kizashi backtest hosts.csv --horizon 24
              kizashi backtest daily.csv --column login --horizon 7 --origins 12 --format json
              """
            : """
              kizashi forecast tcp/5555
              kizashi forecast attacks-service/udp/53 --horizon 168
              kizashi forecast --list
              kizashi forecast packets --horizon 48 --data /var/lib/kizashi
              kizashi forecast hosts.csv --horizon 48
              kizashi forecast daily.csv --column login --horizon 7 --format csv
              kizashi forecast hosts.csv --levels 50,90 --format svg > hosts.svg
              """;
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        if (!backtest && result.GetValue(_declared))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(SeriesDeclarations.BuiltIn, KizashiJson.Indented));
            return ExitCodes.Done;
        }

        if (!backtest && result.GetValue(_list))
        {
            foreach (var name in await SeriesAccess.NamesAsync(global.Load(result), cancellation))
                Console.Out.WriteLine(Terminal.TerminalText.Clean(name));

            return ExitCodes.Done;
        }

        if (result.GetValue(_file) is null)
            throw new CommandException(ExitCodes.Usage, "name a CSV file or a series");

        var (horizon, options) = Read(result, out var periods);
        var series = await SeriesAsync(result, cancellation);
        var prepared = SeriesPreparation.Prepare(series.Values, periods ?? series.Periods);
        if (prepared.History.Length == 0)
            throw new CommandException(ExitCodes.BadInput, $"{result.GetValue(_file)}: the column {series.Name} has no values");

        if (backtest)
            WriteBacktest(result, BacktestReport.Of(series.Name, prepared, options, horizon, result.GetValue(_origins)));
        else
            WriteForecast(result, series, prepared, new Forecaster(options).Forecast(prepared.History, horizon + prepared.Behind, prepared.Least));

        return ExitCodes.Done;
    }

    private Task<ReadSeries> SeriesAsync(ParseResult result, CancellationToken cancellation)
    {
        var name = result.GetValue(_file)!;
        if (File.Exists(name))
            return Task.FromResult(SeriesFile.Read(name, result.GetValue(_column)));

        return SeriesAccess.ReadAsync(global.Load(result), name, cancellation);
    }

    private void WriteBacktest(ParseResult result, BacktestReport report)
    {
        if (result.GetValue(_format) == "json")
            Console.Out.WriteLine(JsonSerializer.Serialize(report, KizashiJson.Options));
        else
            ForecastText.Write(Console.Out, report);
    }

    private void WriteForecast(ParseResult result, ReadSeries series, PreparedSeries prepared, SeriesForecast forecast)
    {
        var report = ForecastReport.Of(series, prepared, forecast);
        switch (result.GetValue(_format))
        {
            case "json":
                Console.Out.WriteLine(JsonSerializer.Serialize(report, KizashiJson.Options));
                break;
            case "csv":
                ForecastText.WriteCsv(Console.Out, report);
                break;
            case "svg":
                Console.Out.Write(ForecastPlot.Draw(series, report));
                break;
            default:
                ForecastText.Write(Console.Out, report);
                break;
        }
    }

    private (int Horizon, ForecastOptions Options) Read(ParseResult result, out IReadOnlyList<int>? periods)
    {
        var faults = new List<string>();
        var horizon = result.GetValue(_horizon);
        if (horizon is < 1 or > MostSteps)
            faults.Add($"--horizon is 1 to {MostSteps}");

        if (backtest && result.GetValue(_origins) is not (>= 1 and <= 1_000))
            faults.Add("--origins is 1 to 1000");

        periods = null;
        if (result.GetValue(_seasons) is { } seasons)
        {
            periods = [.. SensorHost.CommaList.Split(seasons).Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) ? steps : 0)];
            if (periods.Any(steps => steps is < 2 or > MostSteps))
                faults.Add($"--seasons are numbers of 2 to {MostSteps} steps");
        }

        double[] levels = [.. SensorHost.CommaList.Split(result.GetValue(_levels)).Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var level) ? level / 100 : 0)];
        if (levels.Length == 0 || levels.Any(level => level is < 0.01 or > 0.99))
            faults.Add("--levels are percentages of 1 to 99");

        return faults.Count == 0
            ? (horizon, new ForecastOptions { Levels = levels })
            : throw new CommandException(ExitCodes.Usage, string.Join("\nkizashi: ", faults));
    }
}

using Kizashi.Core.Pipeline;
using Kizashi.Share.Csv;
using Kizashi.Share.Json;
using Kizashi.Share.Stix;

namespace Kizashi.Share.Tests;

public sealed class ServerStreamTests
{
    public static TheoryData<IAlertExporter> Exporters => [new JsonExporter(), new CsvExporter(), new StixExporter()];

    [Theory]
    [MemberData(nameof(Exporters))]
    public async Task A_long_alert_is_written_to_a_server_without_synchronous_writes(IAlertExporter exporter)
    {
        var alert = Given.EveryKind[0];
        var evidence = Enumerable.Repeat(alert.Evidence[0] with { Summary = new string('x', 4000) }, 64).ToList();
        using var stream = new ServerStream();
        await exporter.WriteAsync(
            Enumerable.Repeat(alert with { Evidence = evidence }, 3), stream, new ExportOptions(), TestContext.Current.CancellationToken);
        Assert.True(stream.Length > 1000);
    }
}

using System.Text.Json.Nodes;
using Kizashi.Core.Addresses;
using Kizashi.Core.Alerts;

namespace Kizashi.Store.Tests.Embedded;

/// <summary>Invented alerts, the same for the same number.</summary>
internal static class Alerts
{
    private static readonly string[] Kinds = ["darknet.scan", "darknet.scanner.aggressive", "darknet.dos-victim", "sensor.gap"];
    private static readonly string[] Countries = ["JP", "DE", "BR", ""];

    public static Alert One(int number, int spread = 40)
    {
        var opened = StoreFixture.Noon.AddMinutes(-(number * 7 % spread));
        var address = Address.FromV4(0xC6336400u + (uint)(number % spread));
        return new Alert
        {
            Id = $"ALERT{number:D11}",
            Kind = Kinds[number % 4],
            Subject = number % 5 == 0 ? new Subject(SubjectKind.Sensor, $"sensor-{number % 3}") : Subject.Of(address),
            Severity = (Severity)(number % 4),
            Confidence = 0.5,
            Opened = opened,
            Updated = opened,
            Closed = number % 3 == 0 ? opened.AddHours(1) : null,
            FirstSeen = opened,
            LastSeen = opened,
            Sensors = number % 2 == 0 ? ["north"] : ["north", "south"],
            Evidence =
            [
                new Evidence
                {
                    Sensor = "north", EventId = $"event-{number}", From = opened, To = opened, Packets = number,
                    Summary = "seen", Batches = ["00"],
                },
            ],
            Details = new JsonObject { ["packets"] = number, ["ports"] = new JsonArray("tcp/23") },
            Summary = $"Ärger number {number % 10} at {(number % 2 == 0 ? "Telnet" : "SSH")}",
            Facts = new AddressFacts(Prefix.Parse("198.51.100.0/24"), (uint)(64500 + (number % 3)), "Example", Countries[number % 4]),
        };
    }

    public static string Json(Alert alert) => System.Text.Json.JsonSerializer.Serialize(alert, Core.KizashiJson.Options);
}

using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;

namespace Kizashi.Share.Stix;

/// <summary>The marking definitions of TLP 2.0 as OASIS published them (cti-stix-common-objects, tlp-2.0).</summary>
internal static class TlpMarking
{
    private const string Extension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

    public static string IdOf(Tlp tlp) => "marking-definition--" + tlp switch
    {
        Tlp.Clear => "94868c89-83c2-464b-929b-a1a8aa3c8487",
        Tlp.Green => "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        Tlp.Amber => "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        Tlp.AmberStrict => "939a9414-2ddd-4d32-a0cd-375ea402b003",
        _ => "e828b379-4e03-4974-9ac4-e53a884c97c1",
    };

    public static JsonObject ObjectOf(Tlp tlp)
    {
        var word = WordOf(tlp);
        return new JsonObject
        {
            ["type"] = "marking-definition",
            ["spec_version"] = "2.1",
            ["id"] = IdOf(tlp),
            ["created"] = "2022-10-01T00:00:00.000Z",
            ["name"] = "TLP:" + word.ToUpperInvariant(),
            ["extensions"] = new JsonObject
            {
                [Extension] = new JsonObject { ["extension_type"] = "property-extension", ["tlp_2_0"] = word },
            },
        };
    }

    private static string WordOf(Tlp tlp) => tlp switch
    {
        Tlp.Clear => "clear",
        Tlp.Green => "green",
        Tlp.Amber => "amber",
        Tlp.AmberStrict => "amber+strict",
        _ => "red",
    };
}

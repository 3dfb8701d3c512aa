using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;

namespace Kizashi.Warn.Rules;

/// <summary>Words the one sentence of an alert of a kind from its joined details.</summary>
internal interface INarrator
{
    string Kind { get; }

    string Tell(Subject subject, JsonObject details);
}

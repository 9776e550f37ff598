using System.Text.Json.Serialization;

namespace Fairlead.Monitoring.Alerts;

/// <summary>The one form in which alerts are stored and sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertState))]
[JsonSerializable(typeof(AlertSilence))]
[JsonSerializable(typeof(AlertMessage))]
[JsonSerializable(typeof(AlertReport))]
[JsonSerializable(typeof(IReadOnlyList<AlertReport>))]
[JsonSerializable(typeof(AlertDetails))]
[JsonSerializable(typeof(AlertSilenceOrder))]
[JsonSerializable(typeof(AlertAcknowledgement))]
public sealed partial class AlertJson : JsonSerializerContext;

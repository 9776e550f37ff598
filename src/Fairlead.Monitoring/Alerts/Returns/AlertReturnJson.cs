using System.Text.Json.Serialization;

namespace Fairlead.Monitoring.Alerts.Returns;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertReturn))]
internal sealed partial class AlertReturnJson : JsonSerializerContext;

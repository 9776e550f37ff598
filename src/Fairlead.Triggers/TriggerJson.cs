using System.Text.Json.Serialization;
using Fairlead.Triggers.Running;
using Fairlead.Triggers.Webhooks;

namespace Fairlead.Triggers;

/// <summary>The one form in which triggers are shown.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<TriggerReport>))]
[JsonSerializable(typeof(TriggerDetails))]
[JsonSerializable(typeof(FiredTrigger))]
[JsonSerializable(typeof(HookAnswer))]
public sealed partial class TriggerJson : JsonSerializerContext;

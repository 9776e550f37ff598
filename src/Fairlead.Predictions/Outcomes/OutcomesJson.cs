using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairlead.Predictions.Outcomes;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class OutcomesJson : JsonSerializerContext;

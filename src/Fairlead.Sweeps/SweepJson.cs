using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;

namespace Fairlead.Sweeps;

/// <summary>Sweeps as they are stored and sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SweepOrder))]
[JsonSerializable(typeof(SweepRecord))]
[JsonSerializable(typeof(IReadOnlyList<SweepRecord>))]
[JsonSerializable(typeof(TrialRecord))]
[JsonSerializable(typeof(SweepReport))]
[JsonSerializable(typeof(SweepProgress))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double))]
public sealed partial class SweepJson : JsonSerializerContext;

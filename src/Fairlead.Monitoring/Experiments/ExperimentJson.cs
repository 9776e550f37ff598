using System.Text.Json.Serialization;
using Fairlead.Monitoring.Experiments.Planning;

namespace Fairlead.Monitoring.Experiments;

/// <summary>The one form in which experiments are stored and sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Experiment))]
[JsonSerializable(typeof(IReadOnlyList<Experiment>))]
[JsonSerializable(typeof(ExperimentOrder))]
[JsonSerializable(typeof(ExperimentPlan))]
public sealed partial class ExperimentJson : JsonSerializerContext;

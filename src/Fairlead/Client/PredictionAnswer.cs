using System.Text.Json;

namespace Fairlead.Client;

/// <summary>One prediction as the command line prints it.</summary>
/// <param name="Outputs">By name; a scalar where the output has one element, else an array.</param>
internal sealed record PredictionAnswer(string Prediction, string ServerGroup, IReadOnlyDictionary<string, JsonElement> Outputs);

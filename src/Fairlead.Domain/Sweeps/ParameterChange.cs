using System.Text.Json;

namespace Fairlead.Domain.Sweeps;

/// <param name="Step">As in the project file.</param>
/// <param name="Value">A string, a number or a boolean.</param>
public sealed record ParameterChange(string Step, string Parameter, JsonElement Value);

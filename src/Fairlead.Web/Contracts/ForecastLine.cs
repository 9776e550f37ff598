using System.Text.Json;

namespace Fairlead.Web.Contracts;

/// <summary>What running steps would do: the only line of an answer.</summary>
public sealed record ForecastLine(JsonElement Forecast);

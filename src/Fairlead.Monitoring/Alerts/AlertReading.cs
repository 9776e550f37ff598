namespace Fairlead.Monitoring.Alerts;

/// <summary>What a metric is now, of one thing.</summary>
/// <param name="Target">What it is of, such as <c>service/environment</c>; empty when there is but one.</param>
/// <param name="Service">Null where a rule for one service is meant as well.</param>
/// <param name="Environment">Likewise.</param>
/// <param name="Value">Null: nothing is known.</param>
public sealed record AlertReading(string Target, string? Service, string? Environment, double? Value);

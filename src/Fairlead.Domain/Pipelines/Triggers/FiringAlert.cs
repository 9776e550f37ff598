namespace Fairlead.Domain.Pipelines.Triggers;

/// <summary>An alert that fires now.</summary>
/// <param name="Target">What it is about; empty for the project.</param>
/// <param name="Since">Tells this time from others.</param>
public sealed record FiringAlert(string Rule, string Target, DateTimeOffset Since, double? Value);

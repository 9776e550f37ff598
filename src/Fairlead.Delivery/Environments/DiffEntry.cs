namespace Fairlead.Delivery.Environments;

/// <summary>One thing in which two sides differ.</summary>
/// <param name="Section"><c>settings</c>, <c>config</c>, <c>secrets</c> or <c>instances</c> of the environment, or <c>services</c> for what runs.</param>
/// <param name="Key">As a path, such as <c>health.errors</c> or <c>late.config.threshold</c>.</param>
/// <param name="Left">Null where it is not there.</param>
/// <param name="Right">Null where it is not there.</param>
public sealed record DiffEntry(string Section, string Key, string? Left, string? Right);

namespace Fairlead.Delivery.Environments;

/// <summary>In what two environments differ, or an environment and what a deployment would make of it.</summary>
/// <param name="Left">What the left side is called.</param>
/// <param name="Right">What the right side is called.</param>
/// <param name="Problems">Why it could not be deployed as it is, a sentence each with the cure; none for two environments.</param>
public sealed record EnvironmentDiff(string Left, string Right, IReadOnlyList<DiffEntry> Entries, IReadOnlyList<string> Problems);

namespace Fairlead.Domain.Projects;

/// <param name="Step">Such as <c>train[customer=acme,factors=16]</c>.</param>
/// <param name="Variant">Such as <c>customer=acme,factors=16</c>.</param>
public sealed record StepVariant(string Step, string Variant);

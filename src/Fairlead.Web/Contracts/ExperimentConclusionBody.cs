namespace Fairlead.Web.Contracts;

/// <param name="Decision">What is concluded, in words; may be null.</param>
public sealed record ExperimentConclusionBody(string? Decision, string? User);
